/* image.h - type and size of an image from its first bytes, and what it costs in
 * tokens. Pure.
 *
 * Formats: PNG (RFC 2083: signature, IHDR), JPEG (ITU T.81: SOI, SOF markers), WebP
 * (RIFF; VP8, VP8L and VP8X chunks). Nothing is decoded.
 */
#ifndef POSEDGE_IMAGE_H
#define POSEDGE_IMAGE_H

#include <stdbool.h>
#include <stddef.h>

#define IMAGE_MAX    (3840u << 10) /* bytes: 5 MB as base64, which every provider accepts */
#define IMAGES_MAX   8u		   /* in one question */
#define IMAGE_TOKENS 1600u	   /* upper limit; also used when the size is not known */

/* "image/png", "image/jpeg", "image/webp"; NULL: none of these. */
const char *image_type(const char *bytes, size_t len);

/* In pixels; false: the header does not have them. */
bool image_size(const char *bytes, size_t len, size_t *width, size_t *height);

/* An estimate for the budget of a request: one token for 750 pixels, as Anthropic counts. */
size_t image_tokens(const char *bytes, size_t len);

#endif
