/* Type and size of an image from its first bytes: PNG (IHDR), JPEG (the first
 * start of frame), WebP (VP8, VP8L, VP8X). Only headers are read; nothing is
 * decoded. Tokens are an estimate, one for PIXELS_PER_TOKEN pixels, between
 * TOKENS_MIN and IMAGE_TOKENS: servers scale larger images down.
 */
#include "config.h"

#include "session/model/image.h"

#include <string.h>

#define PIXELS_PER_TOKEN 750u
#define TOKENS_MIN	 85u
#define SIDE_MAX	 65536u

static const unsigned char *at(const char *bytes, size_t off)
{
	return (const unsigned char *)bytes + off;
}

static size_t big16(const char *b, size_t off)
{
	return (size_t)at(b, off)[0] << 8 | at(b, off)[1];
}

static size_t little16(const char *b, size_t off)
{
	return (size_t)at(b, off)[1] << 8 | at(b, off)[0];
}

static size_t little24(const char *b, size_t off)
{
	return (size_t)at(b, off)[2] << 16 | little16(b, off);
}

static bool is_png(const char *b, size_t len)
{
	return len >= 24 && memcmp(b, "\x89PNG\r\n\x1a\n", 8) == 0 &&
	       memcmp(b + 12, "IHDR", 4) == 0;
}

static bool is_jpeg(const char *b, size_t len)
{
	return len >= 4 && memcmp(b, "\xff\xd8\xff", 3) == 0;
}

static bool is_webp(const char *b, size_t len)
{
	return len >= 30 && memcmp(b, "RIFF", 4) == 0 && memcmp(b + 8, "WEBPVP8", 7) == 0;
}

const char *image_type(const char *bytes, size_t len)
{
	return is_png(bytes, len)    ? "image/png"
	       : is_jpeg(bytes, len) ? "image/jpeg"
	       : is_webp(bytes, len) ? "image/webp"
				     : NULL;
}

/* A start of frame; DHT, JPG and DAC share the range of numbers. */
static bool is_frame(unsigned marker)
{
	return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 &&
	       marker != 0xcc;
}

/* Steps over segments by their lengths until the start of frame. */
static bool jpeg_size(const char *b, size_t len, size_t *width, size_t *height)
{
	for (size_t i = 2; i + 9 <= len;) {
		unsigned marker = at(b, i)[1];

		if (at(b, i)[0] != 0xff)
			return false;
		if (marker == 0xff) { /* fill byte */
			i++;
		} else if (is_frame(marker)) {
			*height = big16(b, i + 5);
			*width = big16(b, i + 7);
			return true;
		} else if (marker == 0x01 || (marker >= 0xd0 && marker <= 0xd7)) {
			i += 2; /* markers without a length */
		} else {
			i += 2 + big16(b, i + 2);
		}
	}
	return false;
}

static bool webp_size(const char *b, size_t *width, size_t *height)
{
	switch (b[15]) {
	case 'X':
		*width = little24(b, 24) + 1;
		*height = little24(b, 27) + 1;
		return true;
	case 'L':
		*width = (little16(b, 21) & 0x3fff) + 1;
		*height = ((little24(b, 22) >> 6) & 0x3fff) + 1;
		return at(b, 20)[0] == 0x2f;
	case ' ':
		*width = little16(b, 26) & 0x3fff;
		*height = little16(b, 28) & 0x3fff;
		return memcmp(b + 23, "\x9d\x01\x2a", 3) == 0;
	default:
		return false;
	}
}

bool image_size(const char *bytes, size_t len, size_t *width, size_t *height)
{
	bool ok = false;

	*width = *height = 0;
	if (is_png(bytes, len)) {
		*width = big16(bytes, 16) << 16 | big16(bytes, 18);
		*height = big16(bytes, 20) << 16 | big16(bytes, 22);
		ok = true;
	} else if (is_jpeg(bytes, len)) {
		ok = jpeg_size(bytes, len, width, height);
	} else if (is_webp(bytes, len)) {
		ok = webp_size(bytes, width, height);
	}
	return ok && *width && *height;
}

size_t image_tokens(const char *bytes, size_t len)
{
	size_t width, height, tokens;

	if (!image_size(bytes, len, &width, &height) || width > SIDE_MAX || height > SIDE_MAX)
		return IMAGE_TOKENS;
	tokens = (width * height + PIXELS_PER_TOKEN - 1) / PIXELS_PER_TOKEN;
	return tokens < TOKENS_MIN ? TOKENS_MIN : tokens > IMAGE_TOKENS ? IMAGE_TOKENS : tokens;
}
