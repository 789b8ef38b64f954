package io.orderbridge.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderbridge.kernel.Cause;
import io.orderbridge.kernel.Refusal;
import io.orderbridge.runtime.TableFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is too large is refused before it is in memory. */
@Tag("S11")
@Tag("R45")
@Timeout(60)
class LargeFilesTest {
  private static final int MEGABYTE = 1_048_576;
  private static final Table TABLE =
      TableFiles.table(
          """
          format: csv
          header: [no, amount]
          numbers: [amount]
          size-max: 16MB
          rows-max: 50000
          """);

  @Test
  void a_line_of_ten_megabytes_is_put_aside_and_the_rest_passes() {
    byte[] file =
        ("no,amount\n1,1.00\n2," + "9".repeat(10 * MEGABYTE) + "\n3,3.00\n")
            .getBytes(StandardCharsets.UTF_8);

    Rows.Result result = Rows.read(TABLE, file);

    assertThat(result.rows()).extracting(row -> row.get("no")).containsExactly("1", "3");
    assertThat(result.refused()).extracting(row -> row.get("line")).containsExactly(3);
  }

  @Test
  void a_quote_that_is_never_closed_costs_one_row_and_not_the_file() {
    StringBuilder file = new StringBuilder("no,amount\n1,\"1.00\n");
    for (int i = 2; i < 20_000; i++) {
      file.append(i).append(",1.00\n");
    }

    Rows.Result result = Rows.read(TABLE, file.toString().getBytes(StandardCharsets.UTF_8));

    assertThat(result.rows()).hasSize(19_998);
    assertThat(result.refused()).hasSize(1);
  }

  @Test
  void ten_gigabytes_in_ten_megabytes_are_refused_at_once() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ZipOutputStream zip = new ZipOutputStream(bytes);
    zip.putNextEntry(new ZipEntry("bill.csv"));
    // 64 MB stand for the 10 GB: the reader stops after the first of them.
    fill(zip, 64);
    zip.close();
    ByteArrayOutputStream gzip = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(gzip)) {
      fill(out, 64);
    }

    refused(bytes.toByteArray(), "unpacks to more than 200 times its size");
    refused(gzip.toByteArray(), "unpacks to more than 200 times its size");
  }

  @Test
  void the_size_counts_packed_and_unpacked() throws IOException {
    byte[] noise = new byte[17 * MEGABYTE];
    new Random(1).nextBytes(noise);
    ByteArrayOutputStream zip = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(zip)) {
      out.putNextEntry(new ZipEntry("bill.csv"));
      byte[] letters = noise.clone();
      for (int i = 0; i < letters.length; i++) {
        letters[i] = (byte) ('a' + (letters[i] & 3));
      }
      out.write(letters);
    }
    assertThat(zip.size()).isLessThan(8 * MEGABYTE);

    refused(noise, "more than 16777216 bytes; raise size-max");
    refused(zip.toByteArray(), "more than 16777216 bytes; raise size-max");
  }

  @Test
  void rows_have_a_bound_and_bad_rows_have_one() {
    refused(
        ("no,amount\n" + "1,1\n".repeat(50_001)).getBytes(StandardCharsets.UTF_8),
        "more than 50000 rows; raise rows-max");
    refused(
        ("no,amount\n" + "1,x\n".repeat(1_001)).getBytes(StandardCharsets.UTF_8),
        "more than 1000 rows cannot be read, this one because: column 'amount' is no amount");
  }

  @Test
  void a_large_bill_costs_little_more_than_its_text() {
    Table large = TableFiles.table("format: csv\nheader: [c0]\n");
    StringBuilder file = new StringBuilder("c0");
    for (int i = 1; i < 27; i++) {
      file.append(",c").append(i);
    }
    for (int row = 0; row < 50_000; row++) {
      file.append("\n42000020261120000000000").append(row);
      file.append(",same text in every row".repeat(26));
    }
    byte[] bytes = file.toString().getBytes(StandardCharsets.UTF_8);

    Rows.Result result = Rows.read(large, bytes);

    // All cells of a column that repeats are one text: 27 references a row remain.
    assertThat(result.rows()).hasSize(50_000);
    assertThat(result.rows().get(7).get("c20")).isSameAs(result.rows().get(49_999).get("c3"));
  }

  private static void fill(OutputStream out, int megabytes) throws IOException {
    byte[] zeros = new byte[MEGABYTE];
    for (int i = 0; i < megabytes; i++) {
      out.write(zeros);
    }
  }

  private static void refused(byte[] file, String why) {
    assertThatThrownBy(() -> Rows.read(TABLE, file))
        .isInstanceOfSatisfying(
            Refusal.class, e -> assertThat(e.why()).isEqualTo(Cause.FILE_REFUSED))
        .hasMessageContaining(why);
  }
}
