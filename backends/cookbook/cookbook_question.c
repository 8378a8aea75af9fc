/* A question begins with a word that asks about something that is there, and has no word
 * that wants something made. In other languages only the clearest words count: "wie
 * baue ich", "comment faire" ask for a design.
 */
#include "config.h"

#include "backends/cookbook/cookbook_question.h"

#include "backends/cookbook/cookbook_words.h"
#include "session/base/str.h"

/* "so why does it ..." */
#define FIRST_WORDS 3

static const char asking[] = "why whats explain warum wieso weshalb erklaere erklaer "
			     "pourquoi explique expliquez explica";
/* These begin requests, too: "describe a counter", "is there a fifo?". */
static const char weaker[] = "describe what where when which how is does do did are was were has "
			     "wo wann quel quelle donde cual";
static const char making[] =
	"make write create give need want build design generate implement show add code have get "
	"schreib schreibe mach mache erstelle baue brauche gib ecris fais faire besoin escribe haz "
	"crea necesito there";
static const char own[] =
	"my this it that these those our wrong fail fails failing fault bug error "
	"work works working happen happens mean means always never stuck "
	"run simulate save open quit exit";

bool cookbook_is_question(const char *request)
{
	struct words r;
	bool asks = false, asks_weakly = false, makes = false, about = false;

	words_init(&r, request);
	for (size_t i = 0; i < r.n; i++) {
		asks = asks || (i < FIRST_WORDS && word_among(&r.v[i], asking));
		asks_weakly = asks_weakly || (i == 0 && word_among(&r.v[i], weaker));
		makes = makes || word_among(&r.v[i], making);
		about = about || word_among(&r.v[i], own);
	}
	words_fini(&r);
	return !makes && (asks || (asks_weakly && about));
}

void cookbook_answer_question(struct str *out)
{
	str_adds(out,
		 "The cookbook is a library of checked designs, not a model: it answers no "
		 "questions about a design. What posedge finds out without a model:\n\n"
		 "- `why SIGNAL @TIME` goes back from a value of the last run to the statement "
		 "that it came from; `why x` from an x\n"
		 "- `find WORDS` leads to where something is declared, driven and read\n"
		 "- `lint` lists the findings; ask with one of them in the question, and the "
		 "cookbook explains it\n"
		 "- `help` (F1) tells how posedge is used\n");
}
