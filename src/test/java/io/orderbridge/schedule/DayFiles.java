package io.orderbridge.schedule;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/**
 * The files of one day, each in the form that its platform likes. Two rows each, 1,234.50 and 8.
 */
final class DayFiles {
  private static final Charset GBK = Charset.forName("GBK");
  private static final String[] ORDERS = {"订单号", "下单时间", "金额", "币种", "状态"};
  private static final String[] SETTLEMENT = {"结算单号", "订单号", "结算金额"};

  private DayFiles() {}

  static byte[] of(String source) {
    return switch (source) {
      case "hall/orders" -> utf8("\uFEFF" + orders("H", ","));
      case "hall/settlement" ->
          utf8(
              """
              结算单号,订单号,结算金额
              `S1,`H1,`1234.50
              `S2,`H2,`8.00
              总笔数,总金额
              `2,`1242.50
              """);
      case "mall/orders" -> zip("订单明细.csv", orders("`M", ",").getBytes(GBK));
      case "mall/settlement" ->
          zip(
              "账务明细.csv",
              """
              #账务明细查询
              结算单号,订单号,结算金额
              S1,M1,1234.50
              S2,M2,8.00
              #----结束----
              #合计：2笔，1242.50元
              """
                  .getBytes(GBK));
      case "port/orders" -> orders("P", ",").getBytes(GBK);
      case "port/settlement" -> settlement("P", "1242.50").getBytes(GBK);
      case "dock/orders" -> utf8(orders("D", "\t"));
      case "dock/settlement" -> utf8(settlement("D", "1242.50"));
      case "shed/orders" -> utf8(orders("A", ","));
      case "shed/settlement" -> utf8(settlement("A", "\"1,242.50\""));
      case "yard/orders" -> orderSheet();
      case "yard/settlement" -> settlementSheet();
      default -> throw new IllegalArgumentException(source);
    };
  }

  /** Amounts are quoted where the comma separates. */
  private static String orders(String prefix, String separator) {
    String amount = separator.equals(",") ? "\"1,234.50\"" : "1,234.50";
    return String.join(
        "\n",
        String.join(separator, ORDERS),
        String.join(separator, prefix + "1", "2026-11-20 10:34:56", amount, "CNY", "已付款"),
        String.join(separator, prefix + "2", "2026-11-20 23:59:59", "8.00", "CNY", "待付款"),
        "");
  }

  /** With a footer that says that total. */
  static String settlement(String prefix, String total) {
    return """
    结算单号,订单号,结算金额
    S1,X1,"1,234.50"
    S2,X2,8.00
    合计,,TOTAL
    """
        .replace("X", prefix)
        .replace("TOTAL", total);
  }

  /** Its third line is a row without an amount. */
  static byte[] withBadRow(String source) {
    List<String> lines =
        new ArrayList<>(new String(of(source), StandardCharsets.UTF_8).lines().toList());
    lines.add(2, "A9,2026-11-20 12:00:00,twelve,CNY,已付款");
    return utf8(String.join("\n", lines));
  }

  private static byte[] orderSheet() {
    return workbook(
        "Sheet1",
        sheet -> {
          header(sheet, ORDERS);
          order(sheet, 1, "Y1", LocalDateTime.of(2026, 11, 20, 10, 34, 56), "1234.5");
          order(sheet, 2, "Y2", LocalDateTime.of(2026, 11, 20, 23, 59, 59), "8");
        });
  }

  private static void order(
      Worksheet sheet, int row, String number, LocalDateTime at, String amount) {
    sheet.value(row, 0, number);
    sheet.value(row, 1, at);
    sheet.style(row, 1).format("yyyy-mm-dd hh:mm:ss").set();
    sheet.value(row, 2, new BigDecimal(amount));
    sheet.value(row, 3, "CNY");
    sheet.value(row, 4, row == 1 ? "已付款" : "待付款");
  }

  private static byte[] settlementSheet() {
    return workbook(
        "明细",
        sheet -> {
          header(sheet, SETTLEMENT);
          settled(sheet, 1, "S1", "Y1", "1234.50");
          settled(sheet, 2, "S2", "Y2", "8.00");
          settled(sheet, 3, "合计", "", "1242.50");
        });
  }

  private static void settled(Worksheet sheet, int row, String id, String order, String amount) {
    sheet.value(row, 0, id);
    sheet.value(row, 1, order);
    sheet.value(row, 2, new BigDecimal(amount));
  }

  private static void header(Worksheet sheet, String... names) {
    for (int i = 0; i < names.length; i++) {
      sheet.value(0, i, names[i]);
    }
  }

  private static byte[] workbook(String name, Consumer<Worksheet> fill) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (Workbook book = new Workbook(bytes, "test", "1.0")) {
      fill.accept(book.newWorksheet(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] zip(String name, byte[] content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes, GBK)) {
      zip.putNextEntry(new ZipEntry("汇总.csv"));
      zip.write("项目,金额\n".getBytes(GBK));
      zip.putNextEntry(new ZipEntry(name));
      zip.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static byte[] gzip(byte[] content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static String sha1(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-1", e);
    }
  }
}
