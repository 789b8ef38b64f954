package io.orderbridge.rows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/**
 * The file without its packing. zip and gzip are recognised by their first bytes; one layer is
 * taken off, never two. What comes out is bounded and never held as a whole.
 */
final class Unpacked {
  // Where an entry does not say UTF-8: GBK is what Chinese tools write (APPNOTE leaves it open).
  private static final Charset NAMES = Charset.forName("GBK");
  private static final Pattern CLUTTER = Pattern.compile("__MACOSX/.*|(.*/)?\\.[^/]*|.*/");
  private static final String WORKBOOK = "xl/workbook.xml";
  private static final int NAMES_TOLD_MAX = 5;
  private static final int MAGIC_BYTES = 4;

  private final Table table;
  private final byte[] file;
  private final ZipEntries zip;
  private final ZipEntries.Entry entry;

  private Unpacked(Table table, byte[] file, ZipEntries zip, ZipEntries.Entry entry) {
    this.table = table;
    this.file = file;
    this.zip = zip;
    this.entry = entry;
  }

  private enum Packing {
    NONE,
    GZIP,
    ZIP;

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

  /** Finds the file of the table; throws when there is none, or more than one. */
  static Unpacked of(Table table, byte[] file) throws IOException {
    if (Packing.of(file) != Packing.ZIP) {
      return new Unpacked(table, file, null, null);
    }
    ZipEntries zip = new ZipEntries(file);
    if (zip.all().stream().anyMatch(e -> e.name(NAMES).equals(WORKBOOK))) {
      if (table.format() != Table.Format.XLSX) {
        throw FileRefused.of(table, "this is a spreadsheet (XLSX); set 'format: xlsx'");
      }
      return new Unpacked(table, file, null, null);
    }
    return new Unpacked(table, file, zip, theOne(table, zip));
  }

  /** The bytes of the file; one that is packed or a workbook is taken into memory as it is. */
  static InputStream stream(Table table, InputStream file) throws IOException {
    byte[] first = file.readNBytes(MAGIC_BYTES);
    InputStream all = new SequenceInputStream(new ByteArrayInputStream(first), file);
    long most = table.limits().sizeMax();
    if (Packing.of(first) == Packing.NONE) {
      // Not packed, so that no ratio is exceeded whatever its size.
      return new Bounds(table, most).on(all);
    }
    // One byte more than allowed, so that the size tells.
    return of(table, all.readNBytes((int) Math.min(most + 1, Integer.MAX_VALUE - 8))).open();
  }

  private static ZipEntries.Entry theOne(Table table, ZipEntries zip) {
    List<ZipEntries.Entry> fitting = fitting(table, zip, NAMES);
    if (fitting.isEmpty()) {
      // Some tools write UTF-8 without saying so.
      fitting = fitting(table, zip, StandardCharsets.UTF_8);
    }
    if (fitting.size() == 1) {
      return fitting.get(0);
    }
    Pattern wanted = table.limits().entry();
    throw FileRefused.of(
        table,
        "%d files of the zip are meant by %s, expected one; it holds %s"
            .formatted(
                fitting.size(),
                wanted == null ? "no 'entry'" : "'entry: " + wanted.pattern() + "'",
                zip.all().stream().limit(NAMES_TOLD_MAX).map(e -> e.name(NAMES)).toList()));
  }

  private static List<ZipEntries.Entry> fitting(Table table, ZipEntries zip, Charset names) {
    Pattern wanted = table.limits().entry();
    return zip.all().stream()
        .filter(e -> !CLUTTER.matcher(e.name(names)).matches())
        .filter(e -> wanted == null || wanted.matcher(last(e.name(names))).matches())
        .toList();
  }

  private static String last(String name) {
    return name.substring(name.lastIndexOf('/') + 1);
  }

  /** The bytes of the unpacked file, from the start. */
  InputStream open() throws IOException {
    Bounds bounds = new Bounds(table, file.length);
    if (entry != null) {
      return inner(bounds.on(zip.open(entry)));
    }
    InputStream bytes = new ByteArrayInputStream(file);
    return Packing.of(file) == Packing.GZIP ? inner(bounds.on(new GZIPInputStream(bytes))) : bytes;
  }

  private InputStream inner(InputStream in) throws IOException {
    byte[] first = in.readNBytes(MAGIC_BYTES);
    boolean workbook = table.format() == Table.Format.XLSX && Packing.of(first) == Packing.ZIP;
    if (!workbook && Packing.of(first) != Packing.NONE) {
      throw FileRefused.of(table, "an archive inside an archive; one layer of packing is taken");
    }
    return new SequenceInputStream(new ByteArrayInputStream(first), in);
  }
}
