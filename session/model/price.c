/* Prices from the person's table, and sums as integers in millionths: in floating
 * point, many small sums would drift. An overflow is clamped to MONEY_MAX, which a
 * budget refuses. A count that the server did not report makes the price unknown, not
 * zero, unless everything is free.
 */
#include "config.h"

#include "session/model/price.h"

#include <string.h>

#include "session/base/str.h"

#define UNIT 1000000 /* millionths */

/* Sums of money -------------------------------------------------------------------- */

/* Digits, then optionally a dot and one to six digits. */
bool money_parse(const char *text, int64_t *out)
{
	size_t whole = strspn(text, "0123456789"), part = 0;
	int64_t money = 0, unit = UNIT;

	if (text[whole] == '.')
		part = strspn(text + whole + 1, "0123456789");
	if (text[whole] == '.' && part == 0)
		return false;
	if (whole > 9 || whole + part == 0 || part > 6 ||
	    text[whole + (text[whole] == '.') + part] != '\0')
		return false;
	for (size_t i = 0; i < whole; i++)
		money = money * 10 + (text[i] - '0');
	money *= UNIT;
	for (size_t i = 0; i < part; i++)
		money += (unit /= 10) * (text[whole + 1 + i] - '0');
	*out = money;
	return true;
}

/* Small sums get four digits after the dot. */
void money_print(int64_t money, const char *currency, struct str *out)
{
	int digits = money >= 100 * UNIT ? 2 : 4;

	if (money < 0) {
		str_adds(out, "not known");
		return;
	}
	if (money > 0 && money < 50)
		str_addf(out, "below 0.0001 %s", currency);
	else if (digits == 2)
		str_addf(out, "%lld.%02lld %s", (long long)(money / UNIT),
			 (long long)(money % UNIT / 10000), currency);
	else
		str_addf(out, "%lld.%04lld %s", (long long)((money + 50) / UNIT),
			 (long long)((money + 50) % UNIT / 100), currency);
}

/* Adds the cost of count tokens to *sum. False: the price or the count is not known. */
static bool add_cost(int64_t price, int64_t count, int64_t *sum)
{
	if (count == 0)
		return true;
	if (price < 0 || count < 0)
		return false;
	if (price > 0 && count > MONEY_MAX / price)
		*sum = MONEY_MAX;
	else
		*sum += price * count / UNIT;
	return true;
}

int64_t price_of(const struct price *p, const struct tokens *t)
{
	int64_t cached = t->cached > 0 ? t->cached : 0, written = t->written > 0 ? t->written : 0;
	int64_t sum = 0;

	if (p->in == 0 && p->written == 0 && p->cached == 0 && p->out == 0)
		return 0; /* for any number of tokens */
	if (t->in < 0 || t->out < 0 || cached + written > t->in)
		return MONEY_UNKNOWN;
	if (!add_cost(p->in, t->in - cached - written, &sum) ||
	    !add_cost(p->written, written, &sum) || !add_cost(p->cached, cached, &sum) ||
	    !add_cost(p->out, t->out, &sum))
		return MONEY_UNKNOWN;
	return sum > MONEY_MAX ? MONEY_MAX : sum;
}

int64_t price_ahead(const struct price *p, size_t in, size_t out)
{
	int64_t dearest = p->written > p->in ? p->written : p->in, sum = 0;

	if (p->in < 0 || !add_cost(dearest, (int64_t)in, &sum) ||
	    !add_cost(p->out, (int64_t)out, &sum))
		return MONEY_UNKNOWN;
	return sum > MONEY_MAX ? MONEY_MAX : sum;
}

/* The table ------------------------------------------------------------------------- */

/* Matches * and ?, in time at most the product of the lengths. */
static bool fits(const char *pattern, const char *text)
{
	const char *star = NULL, *back = NULL;

	while (*text) {
		if (*pattern == '*') {
			star = pattern++;
			back = text;
		} else if (*pattern == '?' || *pattern == *text) {
			pattern++;
			text++;
		} else if (star) {
			pattern = star + 1;
			text = ++back;
		} else {
			return false;
		}
	}
	while (*pattern == '*')
		pattern++;
	return *pattern == '\0';
}

static void split(const char *line, size_t len, struct strv *words)
{
	const char *end = memchr(line, '#', len);

	for (len = end ? (size_t)(end - line) : len; len > 0;) {
		size_t n = 0;

		while (n < len && !strchr(" \t\r", line[n]))
			n++;
		if (n)
			strv_addn(words, line, n);
		n += n < len;
		line += n;
		len -= n;
	}
}

static bool read_price(const char *word, int64_t *out)
{
	*out = MONEY_UNKNOWN;
	return strcmp(word, "-") == 0 ||
	       (money_parse(word, out) && *out <= (int64_t)PRICE_MAX * UNIT);
}

static bool read_row(const struct strv *w, struct price *p, struct err *err)
{
	int64_t *const to[] = { &p->in, &p->written, &p->cached, &p->out };

	if (w->n != 5)
		return err_set(err, ERR_PARSE, "a name and four prices were expected");
	for (size_t i = 0; i < 4; i++)
		if (!read_price(w->v[i + 1], to[i]))
			return err_set(err, ERR_PARSE, "%.40s: a price was expected, or -",
				       w->v[i + 1]);
	return true;
}

static bool read_currency(const struct strv *w, struct price *p, struct err *err)
{
	if (w->n != 2 || strlen(w->v[1]) >= sizeof(p->currency))
		return err_set(err, ERR_PARSE, "a currency was expected, as in `currency EUR`");
	memcpy(p->currency, w->v[1], strlen(w->v[1]) + 1);
	return true;
}

static bool read_line(const struct strv *w, const char *backend, const char *model, bool *found,
		      struct price *out, struct err *err)
{
	struct price row = *out;

	if (w->n == 0)
		return true;
	if (strcmp(w->v[0], "currency") == 0)
		return read_currency(w, out, err);
	if (!read_row(w, &row, err))
		return false;
	if (*found || (!fits(w->v[0], backend) && !fits(w->v[0], model)))
		return true;
	*found = true;
	*out = row;
	return true;
}

bool price_find(const char *table, size_t len, const char *backend, const char *model,
		struct price *out, struct err *err)
{
	bool found = false, ok = true;

	*out = (struct price){ MONEY_UNKNOWN, MONEY_UNKNOWN, MONEY_UNKNOWN, MONEY_UNKNOWN, "USD" };
	for (int line = 1; ok && len > 0; line++) {
		const char *lf = memchr(table, '\n', len);
		size_t n = lf ? (size_t)(lf - table) : len;
		struct strv words = STRV_INIT;

		split(table, n, &words);
		ok = read_line(&words, backend, model, &found, out, err) ||
		     err_prefix(err, "line %d", line);
		strv_free(&words);
		n += lf != NULL;
		table += n;
		len -= n;
	}
	return ok;
}
