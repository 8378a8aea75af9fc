/* Perl scripts: commands that they give to a shell.
 *
 *     my $rtl = "../rtl";                         rtl="../rtl"
 *     my @files = ("$rtl/alu.v", qw(tb.v));       files="$rtl/alu.v tb.v"
 *     push @files, "x.v";                         files="$files x.v"
 *     system("iverilog -o sim " . join(" ", @files));
 *
 * Each becomes a line of shell text, where it was, and that is read as a script. Strings
 * that are joined by a dot or a comma and scalars and arrays in them are followed; of
 * anything else in an expression nothing is known. Nothing is run.
 */
#include "config.h"

#include <ctype.h>
#include <string.h>

#include "session/manifest/manifest_inner.h"

struct perl {
	const char *at, *end;
	struct str out; /* shell text, as many lines as were read */
	size_t owed;	/* line ends inside of the current statement */
};

static bool is_name(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

static size_t name_len(const struct perl *p)
{
	size_t n = 0;

	while (p->at + n < p->end && is_name(p->at[n]))
		n++;
	return n;
}

/* Skips blanks and comments. */
static void skip(struct perl *p)
{
	while (p->at < p->end) {
		if (*p->at == '#') {
			while (p->at < p->end && *p->at != '\n')
				p->at++;
		} else if (isspace((unsigned char)*p->at)) {
			p->owed += *p->at++ == '\n';
		} else {
			return;
		}
	}
}

static bool word(struct perl *p, const char *name)
{
	size_t n = strlen(name);

	if (name_len(p) != n || strncmp(p->at, name, n) != 0)
		return false;
	p->at += n;
	skip(p);
	return true;
}

static bool sign(struct perl *p, char c)
{
	if (p->at >= p->end || *p->at != c)
		return false;
	p->at++;
	skip(p);
	return true;
}

static char closing(char open)
{
	return open == '(' ? ')' : open == '{' ? '}' : open == '[' ? ']' : open == '<' ? '>' : open;
}

/* The text up to the closing character, which is skipped. plain: $ and @ mean nothing. */
static void text(struct perl *p, char close, bool plain, struct str *out)
{
	for (; p->at < p->end && *p->at != close; p->at++) {
		char c = *p->at;

		p->owed += c == '\n';
		if (c == '\\' && p->at + 1 < p->end) {
			c = *++p->at;
			c = !plain && strchr("nt", c) ? ' ' : c;
			str_addc(out, c == '\n' ? ' ' : c);
		} else if (c == '\n') {
			str_addc(out, ' ');
		} else if (c == '@' && !plain && p->at + 1 < p->end &&
			   (is_name(p->at[1]) || p->at[1] == '{')) {
			str_addc(out, '$');
		} else if (plain && (c == '$' || c == '`')) {
			str_addc(out, SHELL_UNKNOWN);
		} else {
			str_addc(out, c);
		}
	}
	p->at += p->at < p->end;
	skip(p);
}

static void variable(struct perl *p, struct str *out)
{
	size_t n;

	p->at++;
	n = name_len(p);
	if (n)
		str_addf(out, "${%.*s}", (int)n, p->at);
	else
		str_addc(out, SHELL_UNKNOWN);
	p->at += n;
	skip(p);
}

/* A quoted operand such as qw(a b), q{a}, qq{$a}; false if there is none. */
static bool quoted(struct perl *p, struct str *out)
{
	const char *before = p->at;
	bool plain = word(p, "qw") || word(p, "q"), is = plain || word(p, "qq");

	if (is && p->at < p->end && strchr("({[</|!", *p->at)) {
		char close = closing(*p->at++);

		text(p, close, plain, out);
		return true;
	}
	p->at = before;
	return false;
}

/* Reads up to the semicolon, or past a bracket that was opened before. */
static void expression(struct perl *p, struct str *out)
{
	size_t depth = 0;

	while (p->at < p->end && *p->at != ';') {
		char c = *p->at;

		if (c == '"' || c == '\'') {
			p->at++;
			text(p, c, c == '\'', out);
		} else if (c == '$' || c == '@') {
			variable(p, out);
		} else if (sign(p, ',')) {
			str_addc(out, ' ');
		} else if (sign(p, '.')) {
			continue;
		} else if (sign(p, '(')) {
			depth++;
		} else if (sign(p, ')')) {
			if (depth-- == 0)
				return;
		} else if (word(p, "join")) { /* its separator is a blank, or nearly so */
			struct str separator = STR_INIT;

			depth += sign(p, '(');
			if (p->at < p->end && (*p->at == '"' || *p->at == '\'')) {
				char close = *p->at++;

				text(p, close, true, &separator);
			}
			str_free(&separator);
			while (p->at < p->end && !strchr(",;", *p->at))
				p->at++;
			sign(p, ',');
		} else if (!quoted(p, out)) {
			size_t n = name_len(p);

			str_addc(out, SHELL_UNKNOWN);
			p->at += n ? n : 1;
			skip(p);
		}
	}
}

static void set(struct perl *p, const char *name, size_t len, const struct str *value)
{
	str_addf(&p->out, "%.*s=\"", (int)len, name);
	for (const char *s = str_cstr(value); *s; s++) {
		str_adds(&p->out, *s == '"' || *s == '\\' ? "\\" : "");
		str_addc(&p->out, *s);
	}
	str_addc(&p->out, '"');
}

/* NAME = EXPRESSION; NAME .= EXPRESSION; the sign before the name was read. */
static void assignment(struct perl *p)
{
	const char *name = p->at;
	size_t n = name_len(p);
	struct str value = STR_INIT;
	bool adds;

	p->at += n;
	skip(p);
	adds = p->at + 1 < p->end && p->at[0] == '.' && p->at[1] == '=';
	p->at += adds;
	if (n && p->at + 1 < p->end && *p->at == '=' && !strchr("=~", p->at[1])) {
		sign(p, '=');
		if (adds)
			str_addf(&value, "${%.*s}", (int)n, name);
		expression(p, &value);
		set(p, name, n, &value);
	}
	str_free(&value);
}

static void push(struct perl *p)
{
	struct str value = STR_INIT;
	const char *name;
	size_t n;

	sign(p, '(');
	if (!sign(p, '@'))
		return;
	name = p->at;
	n = name_len(p);
	p->at += n;
	skip(p);
	str_addf(&value, "${%.*s} ", (int)n, name);
	if (sign(p, ','))
		expression(p, &value);
	set(p, name, n, &value);
	str_free(&value);
}

static void command(struct perl *p, char close)
{
	struct str value = STR_INIT;

	if (close) {
		text(p, close, false, &value);
	} else {
		sign(p, '('); /* "== 0 or die" after the closing parenthesis is not read */
		expression(p, &value);
	}
	str_adds(&p->out, str_cstr(&value));
	str_free(&value);
}

static void statement(struct perl *p)
{
	while (word(p, "my") || word(p, "our") || word(p, "local"))
		;
	if (p->at >= p->end)
		return;
	if (word(p, "system") || word(p, "exec")) {
		command(p, '\0');
	} else if (word(p, "push")) {
		push(p);
	} else if (p->at + 1 < p->end && p->at[0] == 'q' && p->at[1] == 'x' && p->at + 2 < p->end &&
		   strchr("({[</|!", p->at[2])) {
		p->at += 3;
		command(p, closing(p->at[-1]));
	} else if (sign(p, '`')) {
		command(p, '`');
	} else if (*p->at == '$' || *p->at == '@') {
		p->at++;
		assignment(p);
	} else if (*p->at == '"' || *p->at == '\'') {
		struct str ignored = STR_INIT;
		char close = *p->at++;

		text(p, close, true, &ignored);
		str_free(&ignored);
	} else {
		size_t n = name_len(p);

		p->at += n ? n : 1;
	}
}

bool manifest_read_perl(struct reading *r, const char *text, size_t len, struct err *err)
{
	struct perl p = { .at = text, .end = text + len, .out = STR_LIMIT(MANIFEST_MAX_TEXT) };
	const char *end = memmem(text, len, "\n__END__", strlen("\n__END__"));

	p.end = end ? end : p.end;
	str_addc(&p.out, '\n'); /* the shell counts the lines from 0 */
	for (skip(&p); p.at < p.end; skip(&p)) {
		for (; p.owed; p.owed--)
			str_addc(&p.out, '\n');
		statement(&p);
		if (p.out.len && p.out.data[p.out.len - 1] != '\n')
			str_addc(&p.out, ';');
	}
	reading_command(r, str_cstr(&p.out));
	reading_commands_end(r);
	str_free(&p.out);
	return true;
}
