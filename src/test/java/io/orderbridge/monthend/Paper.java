package io.orderbridge.monthend;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Currency;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/** Writes amounts, times and files as the platforms do. */
final class Paper {
  static final Charset GBK = Charset.forName("GBK");
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

  private Paper() {}

  static String amount(long minor, String currency) {
    int digits = Currency.getInstance(currency).getDefaultFractionDigits();
    return BigDecimal.valueOf(minor, digits).toPlainString();
  }

  static String yuan(long fen) {
    return amount(fen, "CNY");
  }

  static String time(LocalDateTime at) {
    return TIME.format(at);
  }

  /** Lines with the ends of a Windows program. */
  static String lines(List<String> lines) {
    return String.join("\r\n", lines) + "\r\n";
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static byte[] gzip(byte[] plain) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  /** A zip whose names are GBK, as the text is. */
  static byte[] zip(List<String> names, List<String> texts) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(packed, GBK)) {
      for (int i = 0; i < names.size(); i++) {
        out.putNextEntry(new ZipEntry(names.get(i)));
        out.write(texts.get(i).getBytes(GBK));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  /** A workbook with one sheet; times and numbers are cells of their type. */
  static byte[] workbook(List<List<Object>> rows) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (Workbook book = new Workbook(bytes, "Excel", "16.0")) {
      Worksheet sheet = book.newWorksheet("Sheet1");
      for (int row = 0; row < rows.size(); row++) {
        List<Object> cells = rows.get(row);
        for (int i = 0; i < cells.size(); i++) {
          cell(sheet, row, i, cells.get(i));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void cell(Worksheet sheet, int row, int at, Object cell) {
    if (cell instanceof LocalDateTime time) {
      sheet.value(row, at, time);
      sheet.style(row, at).format("yyyy-mm-dd hh:mm:ss").set();
    } else if (cell instanceof Number number) {
      sheet.value(row, at, number);
    } else {
      sheet.value(row, at, cell.toString());
    }
  }
}
