package io.orderbridge.rows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/**
 * The files in a zip, by the directory at its end (APPNOTE 6.3.10, read 2026-11-22). Not the JDK's
 * stream, which goes by the headers in between: it fails on what spreadsheet writers stream, and
 * hides whether a name is marked as UTF-8.
 */
final class ZipEntries {
  private static final int END_MAGIC = 0x06054b50;
  private static final int END_BYTES = 22;
  private static final int COMMENT_MAX = 65_535;
  private static final int ENTRY_MAGIC = 0x02014b50;
  private static final int ENTRY_BYTES = 46;
  private static final int LOCAL_MAGIC = 0x04034b50;
  private static final int LOCAL_BYTES = 30;
  private static final int ENCRYPTED = 1;
  private static final int UTF_8 = 1 << 11;
  private static final int STORED = 0;
  private static final int DEFLATED = 8;
  private static final int SHORT = 0xffff;
  // Two CSV files and a few sheets; a thousand entries are something else.
  private static final int ENTRIES_MAX = 1_000;

  private final ByteBuffer zip;
  private final byte[] bytes;
  private final List<Entry> entries = new ArrayList<>();

  /** A file in the zip. */
  record Entry(byte[] name, int flags, int method, int crc, int packed, int local) {
    /**
     * Its name with the folders before it.
     *
     * @param told what is read when the name is not marked as UTF-8
     */
    String name(Charset told) {
      try {
        Charset charset = (flags & UTF_8) == 0 ? told : StandardCharsets.UTF_8;
        return charset.newDecoder().decode(ByteBuffer.wrap(name)).toString();
      } catch (CharacterCodingException e) {
        return new String(name, StandardCharsets.UTF_8);
      }
    }
  }

  ZipEntries(byte[] bytes) throws IOException {
    this.bytes = bytes;
    this.zip = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    try {
      read();
    } catch (IndexOutOfBoundsException e) {
      throw damaged();
    }
  }

  List<Entry> all() {
    return List.copyOf(entries);
  }

  private void read() throws IOException {
    int end = end();
    int count = zip.getShort(end + 10) & SHORT;
    int at = zip.getInt(end + 16);
    if (count > ENTRIES_MAX) {
      throw new IOException("a zip with more than %d entries".formatted(ENTRIES_MAX));
    }
    for (int i = 0; i < count; i++) {
      if (zip.getInt(at) != ENTRY_MAGIC) {
        throw damaged();
      }
      int nameLength = zip.getShort(at + 28) & SHORT;
      byte[] name = new byte[nameLength];
      zip.get(at + ENTRY_BYTES, name);
      entries.add(
          new Entry(
              name,
              zip.getShort(at + 8) & SHORT,
              zip.getShort(at + 10) & SHORT,
              zip.getInt(at + 16),
              zip.getInt(at + 20),
              zip.getInt(at + 42)));
      at +=
          ENTRY_BYTES
              + nameLength
              + (zip.getShort(at + 30) & SHORT)
              + (zip.getShort(at + 32) & SHORT);
    }
  }

  private int end() throws IOException {
    int last = bytes.length - END_BYTES;
    for (int at = last; at >= 0 && at >= last - COMMENT_MAX; at--) {
      if (zip.getInt(at) == END_MAGIC) {
        return at;
      }
    }
    throw damaged();
  }

  /** The content of an entry; reading its end checks that it is whole. */
  InputStream open(Entry entry) throws IOException {
    if ((entry.flags() & ENCRYPTED) != 0) {
      throw new IOException("a zip with a password");
    }
    try {
      int local = entry.local();
      if (zip.getInt(local) != LOCAL_MAGIC) {
        throw damaged();
      }
      int from =
          local
              + LOCAL_BYTES
              + (zip.getShort(local + 26) & SHORT)
              + (zip.getShort(local + 28) & SHORT);
      if (entry.packed() < 0 || from > bytes.length - entry.packed()) {
        throw damaged();
      }
      return new Whole(content(entry, from), entry.crc());
    } catch (IndexOutOfBoundsException e) {
      throw damaged();
    }
  }

  private InputStream content(Entry entry, int from) throws IOException {
    InputStream packed = new ByteArrayInputStream(bytes, from, entry.packed());
    if (entry.method() == STORED) {
      return packed;
    }
    if (entry.method() != DEFLATED) {
      throw new IOException("a zip with compression method %d".formatted(entry.method()));
    }
    Inflater inflater = new Inflater(true);
    // The inflater asks for one byte more than it needs.
    InputStream padded = new SequenceInputStream(packed, new ByteArrayInputStream(new byte[1]));
    return new InflaterInputStream(padded, inflater) {
      @Override
      public void close() throws IOException {
        super.close();
        inflater.end();
      }
    };
  }

  private static IOException damaged() {
    return new IOException("the directory of the zip is missing or broken");
  }

  /** Compares the checksum when the end is reached. */
  private static final class Whole extends CheckedInputStream {
    private final int crc;

    Whole(InputStream in, int crc) {
      super(in, new CRC32());
      this.crc = crc;
    }

    @Override
    public int read() throws IOException {
      return checked(super.read());
    }

    @Override
    public int read(byte[] to, int from, int most) throws IOException {
      return checked(super.read(to, from, most));
    }

    private int checked(int read) throws IOException {
      if (read < 0 && (int) getChecksum().getValue() != crc) {
        throw new IOException("the checksum of a file in the zip differs");
      }
      return read;
    }
  }
}
