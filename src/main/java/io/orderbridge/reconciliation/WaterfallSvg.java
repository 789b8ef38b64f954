package io.orderbridge.reconciliation;

import io.orderbridge.kernel.Wording;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A waterfall as a small picture: one row a bar, from the right total up to the left one. It needs
 * no other file and no script, and follows the light or dark of whoever looks at it.
 */
final class WaterfallSvg {
  private static final int WIDTH = 820;
  private static final int ROW = 26;
  private static final int TOP = 40;
  private static final int LABELS = 280;
  private static final int AMOUNTS = 150;
  private static final int PLOT = WIDTH - LABELS - AMOUNTS;
  private static final int BAR = 16;
  private static final String HEAD =
      """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %2$d"
        width="%1$d" height="%2$d" role="img">
      <title>%3$s</title>
      <style>
      text{font:13px system-ui,"Noto Sans SC",sans-serif;fill:#1f2328}
      .n{text-anchor:end;font-variant-numeric:tabular-nums}
      .h{font-weight:600}
      .b{fill:#fff}.t{fill:#57606a}.u{fill:#1a7f37}.d{fill:#cf222e}.x{fill:#9a6700}
      @media (prefers-color-scheme:dark){
      text{fill:#e6edf3}
      .b{fill:#0d1117}.t{fill:#8b949e}.u{fill:#3fb950}.d{fill:#f85149}.x{fill:#d29922}
      }
      </style>
      <rect class="b" width="%1$d" height="%2$d"/>
      <text class="h" x="12" y="24">%3$s</text>
      """;

  private WaterfallSvg() {}

  /** A row of the picture: from where to where it goes. */
  private record Row(Wording text, BigInteger from, BigInteger to, BigInteger shown, String look) {}

  static String svg(Reconciliation what, Waterfall waterfall, Locale locale) {
    List<Row> rows = rows(what, waterfall);
    String percent = waterfall.percent() == null ? "" : " (" + waterfall.percent() + " %)";
    String head =
        "%s: %s %s%s"
            .formatted(
                what.title().in(locale),
                amount(waterfall.gap(), waterfall),
                waterfall.unit(),
                percent);
    StringBuilder svg =
        new StringBuilder(HEAD.formatted(WIDTH, TOP + rows.size() * ROW + ROW / 2, escaped(head)));
    Scale scale = Scale.of(rows);
    for (int i = 0; i < rows.size(); i++) {
      svg.append(row(rows.get(i), i, scale, waterfall, locale));
    }
    return svg.append("</svg>\n").toString();
  }

  private record Scale(BigInteger low, BigInteger high) {
    // The totals are many times the causes; they are cut off on the left so that these are seen.
    static Scale of(List<Row> rows) {
      BigInteger low =
          rows.stream().map(row -> row.from().min(row.to())).reduce(BigInteger::min).orElseThrow();
      BigInteger high =
          rows.stream().map(row -> row.from().max(row.to())).reduce(BigInteger::max).orElseThrow();
      return new Scale(low.subtract(high.subtract(low).divide(BigInteger.TEN)), high);
    }

    int x(BigInteger at) {
      BigInteger span = high.subtract(low).max(BigInteger.ONE);
      return at.subtract(low).multiply(BigInteger.valueOf(PLOT)).divide(span).intValueExact();
    }
  }

  private static List<Row> rows(Reconciliation what, Waterfall waterfall) {
    List<Row> rows = new ArrayList<>();
    BigInteger at = waterfall.right();
    rows.add(new Row(what.right().title(), null, at, at, "t"));
    for (Waterfall.Bar bar : waterfall.bars()) {
      BigInteger next = at.add(bar.gap());
      String look =
          bar.id().equals(Waterfall.UNEXPLAINED) ? "x" : bar.gap().signum() < 0 ? "d" : "u";
      rows.add(new Row(bar.text(), at, next, bar.gap(), look));
      at = next;
    }
    rows.add(new Row(what.left().title(), null, at, at, "t"));
    BigInteger low = rows.stream().map(Row::to).reduce(BigInteger::min).orElseThrow();
    return rows.stream()
        .map(
            row ->
                row.from() != null
                    ? row
                    : new Row(row.text(), low, row.to(), row.shown(), row.look()))
        .toList();
  }

  private static String row(Row row, int index, Scale scale, Waterfall waterfall, Locale locale) {
    int y = TOP + index * ROW;
    boolean total = row.look().equals("t");
    int from = total ? 0 : scale.x(row.from().min(row.to()));
    int to = scale.x(row.from().max(row.to()));
    return """
    <text x="12" y="%d">%s</text>
    <rect class="%s" x="%d" y="%d" width="%d" height="%d" rx="2"/>
    <text class="n" x="%d" y="%d">%s</text>
    """
        .formatted(
            y + BAR - 3,
            escaped(row.text().in(locale)),
            row.look(),
            LABELS + from,
            y,
            Math.max(1, to - from),
            BAR,
            WIDTH - 12,
            y + BAR - 3,
            amount(row.shown(), waterfall));
  }

  // Grouped by three, as people read it.
  private static String amount(BigInteger minor, Waterfall waterfall) {
    BigDecimal amount = ReportTable.decimal(minor, waterfall.unit());
    return String.format(Locale.ROOT, "%,." + amount.scale() + "f", amount);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
