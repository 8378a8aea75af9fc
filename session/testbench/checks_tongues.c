/* Words of good and bad in other languages, for prints in the sources. They only
 * decide which branch of a comparison is the bad one, so a false match costs
 * little: failures are then counted by running. For printed lines they decide
 * nothing either: the line is quoted after a check has failed.
 */
#include "config.h"

#include <ctype.h>
#include <string.h>

#include "session/base/utf8.h"
#include "session/base/word_table.h"
#include "session/testbench/checks_inner.h"

/* Negated bad words. */
static const char *const fine[] = { "keine fehler", "kein fehler",   "fehlerfrei",    "ohne fehler",
				    "0 fehler",	    "aucune erreur", "pas d'erreur",  "sans erreur",
				    "sin errores",  "sem erros",     "nessun errore", "geen fouten",
				    "没有错误",	    "无错误",	     "沒有錯誤",      "無錯誤",
				    "エラーなし",   "오류 없음",     "без ошибок",    NULL };

/* Words before a good one that make it a bad one: "nicht bestanden", "test pas reussi". */
static const char *const denials[] = { "nicht", "kein", "keine", "pas", "no",
				       "non",	"niet", "geen",	 "not", "nie",
				       "inte",	"nao",	"não",	 "не",	NULL };

/* Tested before the good ones, as "stimmt nicht" contains one. */
static const char *const bad[] = {
	"fehler",      "falsch",       "ungleich", "abweich",	    "fehlgeschlagen", "fehlschlag",
	"gescheitert", "misslungen",   "nicht ok", "durchgefallen", "stimmt nicht",   "erreur",
	"echec",       "échec",	       "echou",	   "échou",	    "faux",	      "incorrect",
	"pas bon",     "non conforme", "fallo",	   "falla",	    "fallid",	      "errado",
	"errad",       "incorrec",     "erro",	   "falha",	    "falhou",	      "no coincide",
	"falló",       "mal ",	       "fallit",   "sbagliat",	    "fout",	      "mislukt",
	"ongelijk",    "błąd",	       "blad",	   "niepopraw",	    "hata",	      "başarısız",
	"basarisiz",   "felaktig",     "misslyck", "chyba",	    "chybn",	      "gagal",
	"salah",       "ошибк",	       "неверн",   "неправильн",    "не совпада",     "не пройден",
	"провал",      "错",	       "失败",	   "不匹配",	    "不一致",	      "不正确",
	"不相等",      "不等",	       "不符",	   "不通过",	    "未通过",	      "异常",
	"錯",	       "失敗",	       "不正確",   "未通過",	    "異常",	      "エラー",
	"誤り",	       "間違",	       "不合格",   "오류",	    "실패",	      "에러",
	"불일치",      "틀",	       NULL
};

static const char *const good[] = {
	"bestanden",  "richtig",      "korrekt",  "erfolgreich", "alles ok", "alles gut",
	"in ordnung", "stimmt",	      "reussi",	  "réussi",	 "succes",   "succès",
	"correct",    "tout va bien", "conforme", "exito",	 "éxito",    "aprobad",
	"superad",    "pasó",	      "sucesso",  "aprovad",	 "passou",   "acerto",
	"todo bien",  "tudo certo",   "corrett",  "superat",	 "riuscit",  "tutto bene",
	"geslaagd",   "goed",	      "sukces",	  "popraw",	 "basarili", "başarılı",
	"godkänd",    "lyckad",	      "uspech",	  "úspěch",	 "berhasil", "lulus",
	"benar",      "пройден",      "успе",	  "верно",	 "совпада",  "正确",
	"通过",	      "成功",	      "一致",	  "匹配",	 "正確",     "通過",
	"合格",	      "正常",	      "성공",	  "통과",	 "일치",     "정답",
	NULL
};

#define TEXT_MAX 4096 /* bytes of a text that are examined */

/* The lower-case letter for an upper-case one with a two-byte encoding, of the
 * same length: Latin-1, pairs of Latin Extended-A, Cyrillic. */
static unsigned lower_case(unsigned cp)
{
	if ((cp >= 0xC0 && cp <= 0xDE && cp != 0xD7) || (cp >= 0x410 && cp <= 0x42F))
		return cp + 0x20;
	if (cp >= 0x400 && cp <= 0x40F)
		return cp + 0x50;
	if ((cp >= 0x139 && cp <= 0x148) || (cp >= 0x179 && cp <= 0x17E))
		return cp + (cp & 1);
	if (cp >= 0x100 && cp <= 0x177 && cp != 0x130 && cp != 0x131 && cp != 0x138)
		return cp | 1;
	return cp;
}

/* Converts the text to lower case, since tolower() only handles ASCII. */
static size_t fold(char *to, const char *text, size_t len)
{
	size_t n, at = 0;

	if (len > TEXT_MAX)
		len = TEXT_MAX;
	for (; at < len; at += n) {
		unsigned cp;

		n = utf8_decode(text + at, len - at, &cp);
		if (n == 2) {
			utf8_encode(lower_case(cp), to + at);
		} else if (n > 2) {
			memcpy(to + at, text + at, n);
		} else {
			n = 1;
			to[at] = (char)tolower((unsigned char)text[at]);
		}
	}
	return len;
}

/* Where one of the words occurs at the start of a word, anywhere in scripts without blanks;
 * NULL: nowhere. Most bytes begin none. */
static const char *find_any(const char *text, size_t len, const char *const *words)
{
	bool begins[256] = { false };

	for (size_t k = 0; words[k]; k++)
		begins[(unsigned char)words[k][0]] = true;
	for (size_t at = 0; at < len; at++) {
		if (!begins[(unsigned char)text[at]])
			continue;
		if (isalpha((unsigned char)text[at]) && at > 0 &&
		    isalpha((unsigned char)text[at - 1]))
			continue;
		for (size_t k = 0; words[k]; k++) {
			size_t n;

			if (words[k][0] != text[at])
				continue;
			n = strlen(words[k]);
			if (len - at >= n && memcmp(text + at, words[k], n) == 0)
				return text + at;
		}
	}
	return NULL;
}

static bool has_any(const char *text, size_t len, const char *const *words)
{
	return find_any(text, len, words) != NULL;
}

/* True if the word before at, which is in text, denies what follows. */
static bool is_denied(const char *text, const char *at)
{
	const char *end = at, *from;

	while (end > text && end[-1] == ' ')
		end--;
	for (from = end; from > text && from[-1] != ' '; from--)
		;
	return words_has_n(denials, from, (size_t)(end - from));
}

bool checks_denies_abroad(const char *text, size_t len)
{
	char low[TEXT_MAX];
	size_t n = fold(low, text, len);

	return has_any(low, n, fine);
}

unsigned checks_say_abroad(const char *text, size_t len)
{
	char low[TEXT_MAX];
	size_t n = fold(low, text, len);
	const char *at;

	if (has_any(low, n, bad))
		return SAYS_HINT;
	at = find_any(low, n, good);
	return !at ? 0 : is_denied(low, at) ? SAYS_HINT : SAYS_GOOD;
}

/* True for a count such as "Fehler: 0". */
static bool ends_in_zero(const char *s, size_t len)
{
	size_t at = len;

	while (at && (isspace((unsigned char)s[at - 1]) || strchr(".!", s[at - 1])))
		at--;
	len = at;
	while (at && s[at - 1] == '0')
		at--;
	return at < len && at && strchr(" :=", s[at - 1]);
}

bool checks_line_abroad(const char *line, size_t len)
{
	char low[TEXT_MAX];
	size_t n = fold(low, line, len);

	return has_any(low, n, bad) && !has_any(low, n, fine) && !ends_in_zero(low, n);
}
