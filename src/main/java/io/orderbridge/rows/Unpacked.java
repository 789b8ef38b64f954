package io.orderbridge.rows;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * The file without its packing. zip and gzip are recognised by their first bytes; one layer is
 * taken off, never two. What comes out is bounded by the table's size and by a ratio, and is never
 * held as a whole.
 */
final class Unpacked {
  // Where the UTF-8 flag of an entry is not set; GBK is what Chinese tools write (APPNOTE 4.4.4
  // leaves it open).
  private static final Charset ENTRY_NAMES = Charset.forName("GBK");
  private static final Pattern CLUTTER = Pattern.compile("__MACOSX/.*|(.*/)?\\.[^/]*|.*/");
  private static final String WORKBOOK = "xl/workbook.xml";
  // Bills shrink ten to thirty times; a bomb a thousand times.
  private static final long RATIO_MAX = 200;
  // Small files may be nothing but repetition.
  private static final long RATIO_FROM_BYTES = 1_048_576;
  // Two CSV files and a few sheets; a thousand entries are something else.
  private static final int ENTRIES_MAX = 1_000;
  private static final int NAMES_TOLD_MAX = 5;

  private final Table table;
  private final byte[] file;
  private final Charset names;
  private final String entry;

  private Unpacked(Table table, byte[] file, Charset names, String entry) {
    this.table = table;
    this.file = file;
    this.names = names;
    this.entry = entry;
  }

  /** Finds the file of the table; throws when there is none, or more than one. */
  static Unpacked of(Table table, byte[] file) throws IOException {
    if (file.length > table.limits().sizeMax()) {
      throw tooLarge(table);
    }
    if (Packing.of(file) != Packing.ZIP) {
      return new Unpacked(table, file, ENTRY_NAMES, "");
    }
    Zip zip = Zip.of(table, file, ENTRY_NAMES);
    if (zip.fitting().isEmpty() && !zip.isWorkbook()) {
      // Some tools write UTF-8 without saying so.
      Zip other = Zip.of(table, file, StandardCharsets.UTF_8);
      zip = other.fitting().isEmpty() ? zip : other;
    }
    return zip.theOne(table, file);
  }

  /** The bytes of the unpacked file, from the start. */
  InputStream open() throws IOException {
    InputStream in = entry.isEmpty() ? gunzipped() : atEntry();
    byte[] first = in.readNBytes(Packing.MAGIC_BYTES);
    boolean outermost = entry.isEmpty() && Packing.of(file) != Packing.GZIP;
    boolean workbook = table.format() == Table.Format.XLSX && Packing.of(first) == Packing.ZIP;
    if (!outermost && !workbook && Packing.of(first) != Packing.NONE) {
      throw FileRefused.of(table, "an archive inside an archive; one layer of packing is taken");
    }
    return new SequenceInputStream(new ByteArrayInputStream(first), in);
  }

  private InputStream gunzipped() throws IOException {
    InputStream bytes = new ByteArrayInputStream(file);
    return Packing.of(file) == Packing.GZIP ? bounded(new GZIPInputStream(bytes)) : bytes;
  }

  private InputStream atEntry() throws IOException {
    ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(file), names);
    InputStream in = bounded(zip);
    for (ZipEntry e = zip.getNextEntry(); e != null; e = zip.getNextEntry()) {
      if (e.getName().equals(entry)) {
        return in;
      }
    }
    throw new IOException("the entry is gone");
  }

  private InputStream bounded(InputStream in) {
    return new Bounded(in, table, file.length);
  }

  private static FileRefused tooLarge(Table table) {
    return FileRefused.of(
        table,
        "the file has more than %d bytes; raise size-max if files are so large"
            .formatted(table.limits().sizeMax()));
  }

  /**
   * What a zip holds.
   *
   * @param names all entries, as the charset reads them; empty when it cannot
   * @param fitting those that the table means
   */
  private record Zip(Charset charset, List<String> names, List<String> fitting) {
    static Zip of(Table table, byte[] file, Charset charset) throws IOException {
      List<String> names;
      try {
        names = names(table, file, charset);
      } catch (IllegalArgumentException e) {
        // The JDK's answer to names in another charset.
        names = List.of();
      }
      Pattern wanted = table.limits().entry();
      List<String> fitting =
          names.stream()
              .filter(name -> !CLUTTER.matcher(name).matches())
              .filter(name -> wanted == null || wanted.matcher(last(name)).matches())
              .toList();
      return new Zip(charset, names, fitting);
    }

    private static String last(String name) {
      return name.substring(name.lastIndexOf('/') + 1);
    }

    // Every entry is unpacked once, and all together are bounded: to skip one is to unpack it.
    private static List<String> names(Table table, byte[] file, Charset charset)
        throws IOException {
      List<String> names = new ArrayList<>();
      ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(file), charset);
      InputStream in = new Bounded(zip, table, file.length);
      for (ZipEntry e = zip.getNextEntry(); e != null; e = zip.getNextEntry()) {
        if (names.size() >= ENTRIES_MAX) {
          throw FileRefused.of(table, "the zip has more than %d entries".formatted(ENTRIES_MAX));
        }
        if (names.contains(e.getName())) {
          throw FileRefused.of(table, "the zip has two entries of one name");
        }
        names.add(e.getName());
        in.transferTo(OutputStream.nullOutputStream());
      }
      if (names.isEmpty()) {
        throw new IOException("the zip has no entry");
      }
      return names;
    }

    boolean isWorkbook() {
      return names.contains(WORKBOOK);
    }

    Unpacked theOne(Table table, byte[] file) {
      if (isWorkbook()) {
        if (table.format() == Table.Format.XLSX) {
          return new Unpacked(table, file, charset, "");
        }
        throw FileRefused.of(table, "this is a spreadsheet (XLSX); set 'format: xlsx'");
      }
      if (fitting.size() == 1) {
        return new Unpacked(table, file, charset, fitting.get(0));
      }
      Pattern wanted = table.limits().entry();
      throw FileRefused.of(
          table,
          "%d files of the zip are meant by %s, expected one; it holds %s"
              .formatted(
                  fitting.size(),
                  wanted == null ? "no 'entry'" : "'entry: " + wanted.pattern() + "'",
                  names.stream().limit(NAMES_TOLD_MAX).toList()));
    }
  }

  /** Packings by their first bytes. */
  private enum Packing {
    NONE,
    GZIP,
    ZIP;

    static final int MAGIC_BYTES = 4;

    static Packing of(byte[] first) {
      if (first.length < MAGIC_BYTES) {
        return NONE;
      }
      if ((first[0] & 0xff) == 0x1f && (first[1] & 0xff) == 0x8b) {
        return GZIP;
      }
      boolean zip = first[0] == 'P' && first[1] == 'K' && (first[2] == 3 || first[2] == 5);
      return zip ? ZIP : NONE;
    }
  }

  /** Counts what comes out and stops at the table's size, and at the ratio of a bomb. */
  static final class Bounded extends FilterInputStream {
    private final Table table;
    private final long packed;
    private long count;

    Bounded(InputStream in, Table table, long packed) {
      super(in);
      this.table = table;
      this.packed = packed;
    }

    @Override
    public int read() throws IOException {
      int c = super.read();
      counted(c < 0 ? 0 : 1);
      return c;
    }

    @Override
    public int read(byte[] to, int from, int most) throws IOException {
      int read = super.read(to, from, most);
      counted(Math.max(read, 0));
      return read;
    }

    @Override
    public long skip(long most) throws IOException {
      throw new IOException("not skipped, so that all is counted");
    }

    private void counted(int more) {
      count += more;
      if (count > table.limits().sizeMax()) {
        throw tooLarge(table);
      }
      if (count > RATIO_FROM_BYTES && count / RATIO_MAX > packed) {
        throw FileRefused.of(
            table, "unpacks to more than %d times its size, as no bill does".formatted(RATIO_MAX));
      }
    }
  }
}
