package io.orderbridge.consistency;

import io.orderbridge.kernel.Wording;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What reports of comparisons say, in both languages. */
final class ComparisonWords {
  static final List<Wording> HEADINGS =
      List.of(
          new Wording("店铺", "shop"),
          new Wording("订单号", "order number"),
          new Wording("差异", "difference"),
          new Wording("原因", "cause"),
          new Wording("订单中心状态", "status here"),
          new Wording("对方状态", "status there"),
          new Wording("对方原码", "their code"),
          new Wording("订单中心时间", "time here"),
          new Wording("对方时间", "time there"),
          new Wording("读取时间", "read at"),
          new Wording("待复核", "to be looked at again"));

  static final Wording SUMMARY = new Wording("汇总", "summary");
  static final Wording DIFFERENCES = new Wording("差异", "differences");
  static final Wording NUMBER = new Wording("数量", "number");
  static final Wording SIDES = new Wording("合计", "both sides");
  static final Wording OURS = new Wording("订单中心订单数", "orders here");
  static final Wording THEIRS = new Wording("对方订单数", "orders there");
  static final Wording SYSTEM = new Wording("系统", "system");
  static final Wording PERIOD = new Wording("下单时间", "created");
  static final Wording MADE = new Wording("比对时间", "compared at");
  static final Wording OWNER = new Wording("责任人", "person in charge");
  static final Wording MISSING_READINGS = new Wording("待读取", "readings that are awaited");
  static final Wording YES = new Wording("是", "yes");
  static final Wording NO_DIFFERENCE = new Wording("没有差异。", "No difference.");
  static final Wording CLASS = new Wording("分类", "class");

  private static final Map<String, Wording> PARTS =
      Map.of(
          ComparisonRun.EQUAL,
          new Wording("一致", "equal"),
          "AWAITED",
          new Wording("待读取，未判定", "awaited, not judged"),
          "NOT_COMPARED",
          new Wording("不参与比对", "not compared"),
          "NOT_READ",
          new Wording("对方该时段尚未读全", "that period is not read yet"),
          "CHANGED_SINCE",
          new Wording("读取之后又有变化", "changed since it was read"),
          "IN_FLIGHT",
          new Wording("对方刚变化，消息在途", "just changed there, under way"),
          "NOT_EXPECTED",
          new Wording("该状态下对方无需知道", "need not be there in its status"),
          "OUTSIDE",
          new Wording("不在本次时段内", "outside of the period"));

  private static final Map<String, Wording> CAUSES =
      Map.of(
          "NO_EVENT", new Wording("消息未到", "no message came"),
          "NOT_TOLD", new Wording("未送达对方", "it was not told"),
          "GONE_THERE", new Wording("对方已删除", "it is gone there"),
          "CLOCKS", new Wording("时钟或时区", "clock or zone"),
          "CANCELLED_HERE", new Wording("本方已取消", "cancelled here"),
          "CANCELLED_THERE", new Wording("对方已取消", "cancelled there"),
          "BEHIND_THERE", new Wording("对方落后", "it is behind"),
          "BEHIND_HERE", new Wording("本方落后", "the order book is behind"));

  private static final Map<String, Wording> READINGS =
      Map.of(
          "NO_SOURCE", new Wording("没有这个数据源", "there is no such source"),
          "NO_VERSION", new Wording("数据源没有 item.version", "the source has no item.version"),
          "NEVER_READ", new Wording("从未读取", "never read"),
          "AWAITED", new Wording("未到时间", "not due yet"),
          "LATE", new Wording("超时未读", "late"),
          "DUE", new Wording("读取中", "being read"),
          "READ", new Wording("已读，处理中", "read, being applied"),
          "CONFIRMING", new Wording("已读，确认中", "read, being confirmed"));

  // Browsers send some fifty characters.
  private static final int ACCEPTED_MAX = 500;

  private ComparisonWords() {}

  /**
   * The language that is asked for: by name, or else the browser's first one that is known; Chinese
   * when nothing is.
   */
  static Locale locale(String lang, String accepted) {
    if (lang != null && !lang.isBlank()) {
      return lang.startsWith("en") ? Locale.ENGLISH : Locale.CHINESE;
    }
    if (accepted == null || accepted.length() > ACCEPTED_MAX) {
      return Locale.CHINESE;
    }
    try {
      Locale found =
          Locale.lookup(
              Locale.LanguageRange.parse(accepted), List.of(Locale.CHINESE, Locale.ENGLISH));
      return found == null ? Locale.CHINESE : found;
    } catch (IllegalArgumentException e) {
      return Locale.CHINESE;
    }
  }

  /** A class of orders, or a part of one. */
  static Wording part(String name) {
    for (ComparisonClass difference : ComparisonClass.values()) {
      if (difference.name().equals(name)) {
        return difference.title();
      }
    }
    return PARTS.getOrDefault(name, new Wording(name, name));
  }

  static String cause(String name, Locale locale) {
    return CAUSES.getOrDefault(name, new Wording(name, name)).in(locale);
  }

  static String reading(Object word, Locale locale) {
    String text = String.valueOf(word);
    return READINGS.getOrDefault(text, new Wording(text, text)).in(locale);
  }

  static Wording title(ComparisonRun run) {
    return Wording.of(
        "%s 与订单中心对账（%s）", "%s compared with the order book (%s)", run.system(), run.day());
  }

  static Wording more(ComparisonRun run, int shown) {
    return Wording.of(
        "共 %d 条差异，此页只列前 %d 条，全部见 XLSX 或 CSV。",
        "%d differences; this page shows the first %d, the files hold all of them.",
        run.differences(),
        shown);
  }

  /** What the person in charge is told. */
  static Wording message(ComparisonRun run) {
    Map<String, Long> summary = run.summary();
    return Wording.of(
        "%s 对账 %s：一致 %d，对方缺单 %d，本方缺单 %d，状态不一致 %d，时间不一致 %d，待读取 %d。" + "请打开报告处理差异。",
        "%s compared on %s: equal %d, missing there %d, missing here %d, status differs %d, time"
            + " differs %d, awaited %d. Open the report and deal with the differences.",
        run.system(),
        run.day(),
        summary.get(ComparisonRun.EQUAL),
        run.count(ComparisonClass.MISSING_THERE.name()),
        run.count(ComparisonClass.MISSING_HERE.name()),
        run.count(ComparisonClass.STATUS_DIFFERS.name()),
        run.count(ComparisonClass.TIME_DIFFERS.name()),
        summary.get("AWAITED"));
  }
}
