/* Images recognised by their first bytes: as encoders write them, cut at every byte,
 * and corrupted. */
#include "config.h"

#include "tests/lib/case.h"

#include <string.h>

#include "session/model/image.h"

/* 3x2 pixels; of the JPEG the beginning, up to its frame. */
static const char png[] = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x03\0\0\0\x02\x08\x02\0\0\0";
static const char jpeg[] = "\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0"
			   "\xff\xfe\0\x04hi\xff\xc0\0\x11\x08\0\x02\0\x03\x03\x01\x22\0";
static const char webp[] = "RIFF\x2a\0\0\0WEBPVP8 \x1e\0\0\0\x30\x01\0\x9d\x01\x2a\x03\0\x02\0\0\0";
static const char lossless[] = "RIFF\x1a\0\0\0WEBPVP8L\x0e\0\0\0\x2f\x02\x40\0\0\0\0\0\0\0\0\0";
static const char extended[] = "RIFF\x1a\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\x02\0\0\x01\0\0\0";

#define BYTES(s) s, sizeof(s) - 1

static void a_size_is_read(const char *bytes, size_t len, const char *type)
{
	size_t width, height;

	assert_string_equal(image_type(bytes, len), type);
	assert_true(image_size(bytes, len, &width, &height));
	assert_int_equal(width, 3);
	assert_int_equal(height, 2);
	assert_int_equal(image_tokens(bytes, len), 85);
	for (size_t cut = 0; cut < len; cut++)
		image_tokens(bytes, cut); /* reads nothing after it: see the sanitizers */
}

CASE(the_types_are_known)
{
	a_size_is_read(BYTES(png), "image/png");
	a_size_is_read(BYTES(jpeg), "image/jpeg");
	a_size_is_read(BYTES(webp), "image/webp");
	a_size_is_read(BYTES(lossless), "image/webp");
	a_size_is_read(BYTES(extended), "image/webp");
}

CASE(other_bytes_are_no_image)
{
	assert_null(image_type("", 0));
	assert_null(image_type(BYTES("GIF89a..............................")));
	assert_null(image_type(BYTES("<svg xmlns=\"http://www.w3.org/2000/svg\"/>")));
	assert_null(image_type(BYTES("module m; endmodule // RIFF....WEBPVP8 ")));
	assert_null(image_type(png, 20));
}

CASE(a_large_one_takes_no_more_than_the_limit)
{
	char large[sizeof(png)];

	memcpy(large, png, sizeof(png));
	large[18] = large[22] = 0x7f;
	assert_int_equal(image_tokens(large, sizeof(png) - 1), IMAGE_TOKENS);
	memset(large + 16, 0xff, 8);
	assert_int_equal(image_tokens(large, sizeof(png) - 1), IMAGE_TOKENS);
}
