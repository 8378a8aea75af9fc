/* LZ4 blocks and FastLZ share one idea: literals, and copies of earlier output,
 * given by distance and length. A copy may overlap its own output, so it is made
 * byte by byte.
 *
 *	LZ4: a byte with two lengths, of literals and copy, each continued in further
 *	bytes if it is 15; the literals; the distance, two bytes; the rest of the
 *	copy's length, which counts from 4. The last sequence has no copy.
 *
 *	FastLZ: a byte below 32 is followed by one literal more than it says. Any
 *	other is a copy: three bits of length, counting from 2, five of distance,
 *	then eight more. Level 2, selected by the first byte's upper bits, continues
 *	the length while its bytes are 255, and has a long distance. */
#include "config.h"

#include "sim/trace/fst_unpack.h"

#include <errno.h>
#include <limits.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include <zlib.h>

struct span {
	const unsigned char *in, *in_end;
	unsigned char *out, *out_start, *out_end;
};

static bool literals(struct span *s, size_t n)
{
	if (n > (size_t)(s->in_end - s->in) || n > (size_t)(s->out_end - s->out))
		return false;
	memcpy(s->out, s->in, n);
	s->in += n;
	s->out += n;
	return true;
}

static bool piece(struct span *s, size_t distance, size_t n)
{
	if (distance == 0 || distance > (size_t)(s->out - s->out_start) ||
	    n > (size_t)(s->out_end - s->out))
		return false;
	for (const unsigned char *from = s->out - distance; n > 0; n--)
		*s->out++ = *from++;
	return true;
}

/* Continuation bytes of a length: added up; the first one that is not 255 is the
 * last. */
static bool more_length(struct span *s, size_t *n)
{
	unsigned char c;

	do {
		if (s->in == s->in_end)
			return false;
		c = *s->in++;
		*n += c;
	} while (c == 255);
	return true;
}

static bool lz4(struct span *s)
{
	while (s->in < s->in_end) {
		unsigned char both = *s->in++;
		size_t plain = both >> 4, again = both & 15, distance;

		if ((plain == 15 && !more_length(s, &plain)) || !literals(s, plain))
			return false;
		if (s->in == s->in_end)
			break;
		if (s->in_end - s->in < 2)
			return false;
		distance = s->in[0] | (size_t)s->in[1] << 8;
		s->in += 2;
		if ((again == 15 && !more_length(s, &again)) || !piece(s, distance, again + 4))
			return false;
	}
	return s->out == s->out_end;
}

#define LONG_DISTANCE 8191 /* a level 2 distance up to this has 13 bits */

static bool fastlz_piece(struct span *s, unsigned char first, bool level2)
{
	size_t n = (first >> 5) - 1u, back = (size_t)(first & 31) << 8;

	if (n == 6 && level2 && !more_length(s, &n))
		return false;
	if (n == 6 && !level2) {
		if (s->in == s->in_end)
			return false;
		n += *s->in++;
	}
	if (s->in == s->in_end)
		return false;
	back += *s->in++;
	if (level2 && back == LONG_DISTANCE) {
		if (s->in_end - s->in < 2)
			return false;
		back = LONG_DISTANCE + ((size_t)s->in[0] << 8) + s->in[1];
		s->in += 2;
	}
	return piece(s, back + 1, n + 3);
}

static bool fastlz(struct span *s)
{
	bool level2, first = true;

	if (s->in == s->in_end || *s->in >> 5 > 1)
		return false;
	level2 = *s->in >> 5 == 1;
	while (s->in < s->in_end) {
		unsigned char c = *s->in++;

		if (first)
			c &= 31;
		first = false;
		if (c < 32 ? !literals(s, c + 1u) : !fastlz_piece(s, c, level2))
			return false;
	}
	return s->out == s->out_end;
}

#define EITHER_HEADER (32 + MAX_WBITS) /* zlib or gzip, for inflateInit2() */

static bool zlib(struct span *s)
{
	z_stream z = { .next_in = (unsigned char *)s->in,
		       .avail_in = (uInt)(s->in_end - s->in),
		       .next_out = s->out,
		       .avail_out = (uInt)(s->out_end - s->out) };
	bool ok;

	if (s->in_end - s->in > INT_MAX || s->out_end - s->out > INT_MAX ||
	    inflateInit2(&z, EITHER_HEADER) != Z_OK)
		return false;
	ok = inflate(&z, Z_FINISH) == Z_STREAM_END && z.avail_out == 0;
	inflateEnd(&z);
	return ok;
}

bool fst_unpack(enum fst_packing how, const unsigned char *in, size_t n, unsigned char *out,
		size_t out_n)
{
	struct span s = { in, in + n, out, out, out + out_n };

	return how == FST_LZ4 ? lz4(&s) : how == FST_FASTLZ ? fastlz(&s) : zlib(&s);
}

size_t fst_unpack_most(size_t n)
{
	return n > SIZE_MAX / 1100 ? SIZE_MAX : n * 1100 + 64;
}

#define WRAPPER	  17		   /* bytes before the gzip data of a wrapped file */
#define GZIP_ONLY (16 + MAX_WBITS) /* for inflateInit2() */
#define PIECE	  (64u << 10)

static ssize_t read_at(int fd, unsigned char *to, size_t n, off_t at)
{
	ssize_t got;

	do
		got = pread(fd, to, n, at);
	while (got < 0 && errno == EINTR);
	return got;
}

bool fst_unwrap(int fd, const char *name, bool (*feed)(void *ctx, const char *data, size_t len),
		void *ctx, struct err *err)
{
	unsigned char in[PIECE], out[PIECE];
	z_stream z = { 0 };
	off_t at = WRAPPER;
	int status = inflateInit2(&z, GZIP_ONLY);
	bool fed = true;

	while (fed && status == Z_OK) {
		if (z.avail_in == 0) {
			ssize_t n = read_at(fd, in, sizeof(in), at);

			if (n <= 0)
				break;
			z.next_in = in;
			z.avail_in = (uInt)n;
			at += n;
		}
		z.next_out = out;
		z.avail_out = sizeof(out);
		status = inflate(&z, Z_NO_FLUSH);
		fed = feed(ctx, (const char *)out, sizeof(out) - z.avail_out);
	}
	inflateEnd(&z);
	if (!fed)
		return err_set(err, ERR_LIMIT,
			       "read %s: it is a compressed FST file, and unpacked too large to be "
			       "read here",
			       name);
	return status == Z_OK || status == Z_STREAM_END ||
	       err_set(err, ERR_PARSE, "read %s: it is a compressed FST file, and damaged", name);
}
