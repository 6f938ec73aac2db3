// Opening a stream is a macro of zlib, which Swift does not import.
#ifndef QBO_CZLIB_SHIM_H
#define QBO_CZLIB_SHIM_H

#include <stddef.h>
#include <string.h>
#include <zlib.h>

// Inflates a raw deflate stream (RFC 1951) of `length` bytes into exactly `size` bytes; 1 where it holds just these.
static inline int qbo_inflate(const unsigned char *bytes, size_t length, unsigned char *result, size_t size) {
  z_stream stream;
  memset(&stream, 0, sizeof stream);
  if (length > 0xffffffffu || size > 0xfffffffeu) return 0;
  if (inflateInit2(&stream, -MAX_WBITS) != Z_OK) return 0;
  unsigned char spare[1];
  stream.next_in = (unsigned char *)bytes;
  stream.avail_in = (uInt)length;
  // A stream of more bytes than were announced runs into the spare one.
  stream.next_out = size == 0 ? spare : result;
  stream.avail_out = size == 0 ? 1 : (uInt)size;
  int state = inflate(&stream, Z_FINISH);
  int whole = state == Z_STREAM_END && stream.total_out == size && stream.avail_in == 0;
  inflateEnd(&stream);
  return whole;
}

static inline unsigned long qbo_crc32(const unsigned char *bytes, size_t length) {
  return crc32(crc32(0, Z_NULL, 0), bytes, (uInt)length);
}

#endif
