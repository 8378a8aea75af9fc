#include "config.h"

#include "tests/screen/tty_proof.h"

#include <stdio.h>
#include <string.h>

void tty_proof_input(struct tty_proof *p, int line, const char *screen)
{
	FILE *f;

	if (!p->path)
		return;
	if (p->wait && !p->proved && (f = fopen(p->path, "a"))) {
		fprintf(f, "line %d: what it waits for was so before line %d\n", p->wait, p->input);
		fclose(f);
	}
	str_clear(&p->before);
	str_adds(&p->before, screen);
	p->input = line;
	p->wait = 0;
	p->proved = false;
}

void tty_proof_wait(struct tty_proof *p, int line, const char *text, bool there)
{
	if (!p->path || !p->input)
		return;
	if (!p->wait)
		p->wait = line;
	if ((strstr(str_cstr(&p->before), text) != NULL) != there)
		p->proved = true;
}

void tty_proof_fini(struct tty_proof *p)
{
	str_free(&p->before);
}
