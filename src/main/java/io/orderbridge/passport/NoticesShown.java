package io.orderbridge.passport;

import io.orderbridge.kernel.Wording;
import io.orderbridge.notice.NoticeList;
import io.orderbridge.passport.Moment.Tone;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the customer was told, as the passport shows it. */
final class NoticesShown {
  private NoticesShown() {}

  static List<Map<String, Object>> of(List<NoticeList.Notice> notices) {
    return notices.stream().map(NoticesShown::notice).toList();
  }

  private static Map<String, Object> notice(NoticeList.Notice notice) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("id", notice.id());
    view.put("gate", notice.gate());
    put(view, "item", notice.item().isEmpty() ? null : notice.item());
    view.put("state", notice.state());
    put(view, "at", notice.gateAt());
    put(view, "cause", notice.cause());
    put(view, "reachedAt", notice.reachedAt());
    put(view, "reachedBy", notice.reachedBy());
    view.put("sent", notice.sent().stream().map(NoticesShown::sent).toList());
    return view;
  }

  private static Map<String, Object> sent(NoticeList.Sent sent) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("id", sent.id());
    view.put("channel", sent.channel());
    view.put("vendor", sent.vendor());
    view.put("state", sent.state());
    put(view, "acceptedAt", sent.acceptedAt());
    put(view, "deliveredAt", sent.deliveredAt());
    put(view, "readAt", sent.readAt());
    put(view, "failedAt", sent.failedAt());
    put(view, "cause", sent.cause());
    put(view, "why", sent.why());
    put(view, "next", sent.dueAt());
    return view;
  }

  private static void put(Map<String, Object> view, String key, Object value) {
    if (value != null) {
      view.put(key, value instanceof Instant at ? at.toString() : value);
    }
  }

  /** What happened to the messages, for the timeline. */
  static List<Moment> moments(List<NoticeList.Notice> notices) {
    List<Moment> moments = new ArrayList<>();
    for (NoticeList.Notice notice : notices) {
      String what = notice.gate() + (notice.item().isEmpty() ? "" : " " + notice.item());
      for (NoticeList.Sent sent : notice.sent()) {
        String vendor = sent.vendor();
        String cause = sent.cause() == null ? "" : " (" + sent.cause() + ")";
        add(moments, sent.acceptedAt(), vendor, Tone.PLAIN, "渠道商已受理", "the vendor took it", what);
        add(moments, sent.deliveredAt(), vendor, Tone.GOOD, "已送达客户", "reached the customer", what);
        add(moments, sent.readAt(), vendor, Tone.GOOD, "客户已读", "the customer read it", what);
        add(moments, sent.failedAt(), vendor, Tone.BAD, "失败" + cause, "failed" + cause, what);
      }
    }
    return moments;
  }

  private static void add(
      List<Moment> moments,
      Instant at,
      String vendor,
      Tone tone,
      String zh,
      String en,
      String what) {
    if (at != null) {
      Wording text = new Wording("通知 " + what + "：" + zh, "notice " + what + ": " + en);
      moments.add(new Moment(at, null, Moment.Kind.NOTICE, vendor, text, tone));
    }
  }
}
