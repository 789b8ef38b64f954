package io.orderbridge.repair;

import io.orderbridge.kernel.Cause;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a target came to with a repaired order.
 *
 * @param target name of the connection, or {@link #BOOK}
 * @param why as far as it is known; without payloads
 * @param refs what is watched there: numbers of events, or of a refund
 * @param at when it was last looked at; null before the first look
 */
record Shown(String target, State state, Why why, List<String> refs, Instant at) {
  /** The order book itself. */
  static final String BOOK = "order-book";

  /** The worst comes last: an order is as far as its worst target. */
  enum State {
    /** The target was asked and shows what it should. */
    VERIFIED,
    /** The target took it, and cannot be asked. */
    DELIVERED,
    /** It is on its way. */
    OPEN,
    FAILED
  }

  Shown {
    refs = List.copyOf(refs);
  }

  static Shown open(String target, List<String> refs) {
    return new Shown(target, State.OPEN, Why.NONE, refs, null);
  }

  /** Nothing is owed to it any more. */
  static Shown gone(String target) {
    Why why = new Why("现在不再是接收方", "is no target now");
    return new Shown(target, State.FAILED, why, List.of(), null);
  }

  /** Its own answer could not be had. */
  static Why unread(Cause why) {
    return Why.of("无法读取：%s", "cannot be read: %s", why);
  }

  Shown become(State state, Why why, Instant now) {
    return new Shown(target, state, why, refs, now);
  }

  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("target", target);
    json.put("state", state.name());
    json.put("why", why.en());
    if (!why.zh().isEmpty()) {
      json.put("whyZh", why.zh());
    }
    json.put("refs", refs);
    json.put("at", at == null ? null : at.toString());
    return json;
  }

  static List<Shown> read(String text) {
    List<Shown> read = new ArrayList<>();
    for (Map<String, Object> json : Json.list(text)) {
      List<String> refs = new ArrayList<>();
      ((List<?>) json.get("refs")).forEach(ref -> refs.add(String.valueOf(ref)));
      Object at = json.get("at");
      read.add(
          new Shown(
              (String) json.get("target"),
              State.valueOf((String) json.get("state")),
              new Why((String) json.getOrDefault("whyZh", ""), (String) json.get("why")),
              refs,
              at == null ? null : Instant.parse((String) at)));
    }
    return read;
  }

  static String write(List<Shown> all) {
    return Json.text(all.stream().map(Shown::json).toList());
  }

  /** How far the order is: its worst target. Without any target it is as far as can be. */
  static State worst(List<Shown> all) {
    return all.stream().map(Shown::state).max(State::compareTo).orElse(State.VERIFIED);
  }
}
