package io.orderbridge.console;

import io.orderbridge.kernel.CheckWords;
import io.orderbridge.kernel.FileProblem;
import io.orderbridge.kernel.Wording;
import io.orderbridge.passport.PassportViews;
import io.orderbridge.release.FilePath;
import io.orderbridge.release.Folders;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What the feature says of files, as the templates show it. */
@Singleton
class FileViews {
  static final String LIST = "/console/files";
  // What a person compares by; hashes are long.
  private static final int HASH_SHOWN = 12;

  private final Visit visit;
  private final PassportViews views;

  FileViews(Visit visit, PassportViews views) {
    this.visit = visit;
    this.views = views;
  }

  static String page(FilePath path) {
    return LIST + "/" + path;
  }

  /** A file as it stands in the list. */
  Map<String, Object> row(Map<String, Object> file) {
    Map<String, Object> row = new LinkedHashMap<>();
    FilePath path = FilePath.of((String) file.get("path"));
    row.put("path", path.toString());
    row.put("page", page(path));
    row.put("system", path.system());
    row.put("file", path.folder() + "/" + path.file());
    row.put("kind", kind(path));
    row.put("state", String.valueOf(file.get("state")));
    row.put("stateName", say("file_state_" + file.get("state")));
    row.put("problems", problems((List<?>) file.get("problems")));
    row.put("changedBy", file.get("changedBy"));
    row.put("changedAt", views.time((Instant) file.get("changedAt")));
    Folders.Refused last = (Folders.Refused) file.get("lastRefusal");
    row.put("refusedAt", last == null ? "" : views.time(last.at()));
    row.put("refusals", last == null ? List.of() : problems(last.problems()));
    return row;
  }

  String kind(FilePath path) {
    return say("file_kind_" + path.kind());
  }

  /** With line and text: whole, and in its parts of words and of code. */
  List<Map<String, Object>> problems(List<?> problems) {
    List<Map<String, Object>> all = new ArrayList<>();
    for (Object problem : problems) {
      FileProblem one = (FileProblem) problem;
      boolean chinese = visit.locale().equals(Locale.CHINESE);
      String zh = CheckWords.marked(one.what());
      all.add(
          Map.of(
              "file",
              one.file(),
              "line",
              one.line(),
              "what",
              one.wording().in(visit.locale()),
              "parts",
              chinese ? parts(zh) : List.of(Map.of("text", one.what(), "code", true))));
    }
    return all;
  }

  // Between backticks stands code.
  private static List<Map<String, Object>> parts(String said) {
    List<Map<String, Object>> parts = new ArrayList<>();
    boolean code = false;
    for (String part : said.split("`", -1)) {
      if (!part.isEmpty()) {
        parts.add(Map.of("text", part, "code", code));
      }
      code = !code;
    }
    return parts;
  }

  /** A version as it stands in the history. */
  Map<String, Object> version(Map<String, Object> version, String current, boolean may) {
    Map<String, Object> row = new LinkedHashMap<>();
    String hash = (String) version.get("hash");
    String verdict = version.get("verdict") == null ? "OPEN" : (String) version.get("verdict");
    row.put("version", version.get("version"));
    row.put("hash", shortened(hash));
    row.put("by", version.get("changedBy"));
    row.put("at", views.time((Instant) version.get("changedAt")));
    row.put("reason", verdict.equals("FOUND") ? say("file_found") : version.get("reason"));
    row.put("verdict", say("file_verdict_" + verdict));
    row.put("bad", verdict.equals("REFUSED"));
    String refusal = (String) version.get("refusal");
    row.put("refusals", refusal.isEmpty() ? List.of() : problems(FileProblem.stored(refusal)));
    row.put("current", hash.equals(current));
    row.put("mayBack", may && !hash.equals(current) && !verdict.equals("REFUSED"));
    return row;
  }

  static String shortened(String hash) {
    return hash.length() <= HASH_SHOWN ? hash : hash.substring(0, HASH_SHOWN);
  }

  /** What a shadow run said. */
  Map<String, Object> tried(Map<String, Object> answer) {
    Map<String, Object> tried = new LinkedHashMap<>();
    tried.put("taken", answer.get("wouldBeTaken"));
    tried.put("problems", problems((List<?>) answer.get("problems")));
    tried.put("advice", said(answer.get("advice")));
    tried.put("notReplayed", said(answer.get("notReplayed")));
    Map<?, ?> replay = (Map<?, ?>) answer.get("replay");
    tried.put("replay", replay == null ? Map.of() : replay(replay));
    return tried;
  }

  private Map<String, Object> replay(Map<?, ?> replay) {
    Map<String, Object> shown = new LinkedHashMap<>();
    for (String count : List.of("looked", "same", "differ", "unreadable", "messagesLeftOut")) {
      shown.put(count, replay.get(count));
    }
    shown.put("mended", replay.get("refusedNoMore"));
    shown.put("masked", replay.get("masked"));
    shown.put(
        "mappings", ((List<?>) replay.get("mappings")).stream().map(String::valueOf).toList());
    List<String> orders =
        ((java.util.Collection<?>) replay.get("orders")).stream().map(String::valueOf).toList();
    shown.put("orderCount", orders.size());
    shown.put("orders", orders);
    shown.put(
        "refused",
        Pages.pairs(
            ((Map<?, ?>) replay.get("refusedNow"))
                .entrySet().stream()
                    .collect(
                        java.util.stream.Collectors.toMap(
                            one -> String.valueOf(one.getKey()),
                            one -> String.valueOf(one.getValue()),
                            (a, b) -> a,
                            TreeMap::new))));
    shown.put(
        "messages",
        ((List<?>) replay.get("messages")).stream().map(one -> message((Map<?, ?>) one)).toList());
    return shown;
  }

  private Map<String, Object> message(Map<?, ?> message) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("number", message.get("message"));
    row.put("at", views.time((Instant) message.get("receivedAt")));
    row.put("stream", message.get("stream"));
    row.put(
        "orders",
        ((java.util.Collection<?>) message.get("orders")).stream().map(String::valueOf).toList());
    row.put("refusedBefore", refusal((Map<?, ?>) message.get("before")));
    row.put("refusedAfter", refusal((Map<?, ?>) message.get("after")));
    row.put(
        "changes",
        ((List<?>) message.get("changes")).stream().map(one -> change((Map<?, ?>) one)).toList());
    return row;
  }

  private Map<String, Object> change(Map<?, ?> change) {
    return Map.of(
        "pointer",
        String.valueOf(change.get("pointer")),
        "how",
        say("file_how_" + change.get("how")),
        "before",
        change.containsKey("before") ? String.valueOf(change.get("before")) : "",
        "after",
        change.containsKey("after") ? String.valueOf(change.get("after")) : "");
  }

  private static String refusal(Map<?, ?> side) {
    Map<?, ?> refused = (Map<?, ?>) side.get("refused");
    return refused == null
        ? ""
        : "%s %s %s".formatted(refused.get("cause"), refused.get("place"), refused.get("error"));
  }

  /** A sentence of the feature; empty for none. */
  String said(Object wording) {
    return wording == null ? "" : ((Wording) wording).in(visit.locale());
  }

  private String say(String key) {
    return Texts.say(visit.locale(), key);
  }
}
