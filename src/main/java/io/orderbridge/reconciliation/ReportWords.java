package io.orderbridge.reconciliation;

import io.orderbridge.kernel.Wording;
import java.util.List;
import java.util.Locale;

/** What stands in a report besides figures. */
final class ReportWords {
  static final List<Heading> SALES =
      List.of(
          heading("日期", "day", 12),
          heading("店铺", "shop", 18),
          heading("商品编码", "product", 20),
          heading("币种", "currency", 9),
          heading("笔数", "entries", 10),
          heading("件数", "pieces", 10),
          heading("金额", "amount", 16));
  static final List<Heading> RECEIPTS =
      List.of(
          heading("来源", "book", 26),
          heading("账单日", "day of the book", 14),
          heading("行号", "line", 8),
          heading("单号", "key", 26),
          heading("其他单号", "other keys", 26),
          heading("店铺", "shop", 18),
          heading("种类", "kind", 10),
          heading("币种", "currency", 9),
          heading("金额", "amount", 16),
          heading("件数", "pieces", 10),
          heading("状态", "status", 14),
          heading("付款时间", "paid at", 20),
          heading("结算时间", "settled at", 20),
          heading("换算", "converted", 34));
  static final List<Heading> DIFFERENCES =
      List.of(
          heading("账期", "period", 12),
          heading("序号", "no.", 8),
          heading("差异分类", "class", 20),
          heading("结果", "outcome", 14),
          heading("规则", "rule", 20),
          heading("单号", "key", 26),
          heading("店铺", "shop", 18),
          heading("币种", "currency", 9),
          heading("左方", "left", 16),
          heading("右方", "right", 16),
          heading("差额", "gap", 16),
          heading("起始日", "since", 12),
          heading("账龄(天)", "age in days", 12),
          heading("说明", "why (zh)", 60),
          heading("说明(英文)", "why", 60));

  static final Wording OVERVIEW = new Wording("总览", "Overview");
  static final Wording WATERFALL = new Wording("差异瀑布", "Waterfall");
  static final Wording FIGURE = new Wording("数值", "figure");
  static final Wording NOTE = new Wording("说明", "note");
  static final Wording PERIOD = new Wording("账期", "period");
  static final Wording VERSION = new Wording("批次与版本", "runs and versions");
  static final Wording MADE = new Wording("对账时间", "made at");
  static final Wording STATE = new Wording("状态", "state");
  static final Wording FINAL = new Wording("终对", "final");
  static final Wording PROVISIONAL =
      new Wording("初对,数据未齐", "provisional: not all books are complete");
  static final Wording MISSING = new Wording("未齐的账本", "books that are not complete");
  static final Wording NO_RUN = new Wording("未对账的日期", "days without a run");
  static final Wording ROOT = new Wording("快照链根", "root over the snapshots");
  static final Wording GAP = new Wording("差额", "gap");
  static final Wording BREACH = new Wording("超出容差", "beyond the tolerance");
  static final Wording WITHIN = new Wording("容差以内", "within the tolerance");
  static final Wording DEFINITION = new Wording("口径", "definition");
  static final Wording DRAFT =
      new Wording("草案,未经三方签字", "a draft, not signed by all three departments");
  static final Wording AGREED = new Wording("三方已签", "signed by all three departments");
  static final Wording ALL_COUNT = new Wording("全部计入", "everything counts");
  static final Wording SOURCE = new Wording("来源", "source");
  static final Wording UP = new Wording("增加", "up");
  static final Wording DOWN = new Wording("减少", "down");
  static final Wording BASE = new Wording("底(透明)", "base (no fill)");
  static final Wording TOTAL = new Wording("合计", "total");
  static final Wording ITEMS = new Wording("笔数", "items");
  static final Wording CAUSE = new Wording("原因", "cause");
  static final Wording UNIT = new Wording("币种", "currency");

  private ReportWords() {}

  /** The head of a column. */
  record Heading(Wording text, int width) {}

  private static Heading heading(String zh, String en, int width) {
    return new Heading(new Wording(zh, en), width);
  }

  static Wording outcome(Outcome outcome) {
    return switch (outcome) {
      case MATCHED -> new Wording("已匹配", "matched");
      case TOLERATED -> new Wording("容差内", "tolerated");
      case BREAK -> new Wording("差异", "break");
      case EXCLUDED -> new Wording("不计入", "excluded");
    };
  }

  /** The language that is asked for; otherwise that which the caller accepts; Chinese at last. */
  static Locale locale(String lang, String accepted) {
    String wanted = lang == null || lang.isBlank() ? accepted : lang;
    return wanted != null && wanted.strip().startsWith("en") ? Locale.ENGLISH : Locale.CHINESE;
  }
}
