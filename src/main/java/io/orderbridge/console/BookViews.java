package io.orderbridge.console;

import io.orderbridge.passport.PassportViews;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** What the pages of books have in common: words, times and sums of what features answer. */
@Singleton
class BookViews {
  static final String HOME = "/console/books";
  private static final List<String> TABS =
      List.of("", "/breaks", "/rates", "/definitions", "/snapshots");

  private final Visit visit;
  private final PassportViews views;

  BookViews(Visit visit, PassportViews views) {
    this.visit = visit;
    this.views = views;
  }

  Locale locale() {
    return visit.locale();
  }

  String say(String key, Object... values) {
    return Texts.say(visit.locale(), key, values);
  }

  /** A word that may be unknown to us stays as it is. */
  String word(String prefix, Object value) {
    String text = Objects.toString(value, "");
    return Texts.in(visit.locale()).getOrDefault(prefix + text, text);
  }

  /** The begin of a model: its title and the tabs of the section. */
  Map<String, Object> model(String title, String tab) {
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("title", title);
    List<Map<String, Object>> tabs = new ArrayList<>();
    for (String one : TABS) {
      tabs.add(
          Map.of(
              "path",
              HOME + one,
              "name",
              say("books_tab" + one.replace('/', '_')),
              "current",
              one.equals(tab)));
    }
    model.put("tabs", tabs);
    model.put("mayPayments", visit.may(Rights.PAYMENTS));
    model.put("mayReports", visit.may(Rights.REPORTS));
    model.put("mayReckon", visit.may(Rights.RECKONING));
    model.put("mayBridges", visit.may(Rights.BRIDGES));
    model.put("lang2", visit.locale().equals(Locale.CHINESE) ? "zh" : "en");
    return model;
  }

  /** Rows as a source gave them may hold names and phones of customers. */
  boolean mayReadRows() {
    return visit.may(Rights.REPORTS);
  }

  /** Who reads them, for the audit. */
  String reader() {
    return visit.actor();
  }

  boolean isMe(String name) {
    return visit.actor().equals(name);
  }

  /** Of a text in both languages, as features answer it. */
  String in(Object words) {
    return words instanceof Map<?, ?> both
        ? Objects.toString(both.get(visit.locale().equals(Locale.CHINESE) ? "zh" : "en"), "")
        : Objects.toString(words, "");
  }

  /** Of an ISO time; whatever is none stays as it is. */
  String time(Object iso) {
    String text = Objects.toString(iso, "");
    try {
      return text.isEmpty() ? "" : views.time(Instant.parse(text));
    } catch (DateTimeParseException e) {
      return text;
    }
  }

  String time(Instant at) {
    return views.time(at);
  }

  /** Sums by currency, each with its name; pieces by their word. */
  List<Map<String, Object>> sums(Object sums) {
    List<Map<String, Object>> rows = new ArrayList<>();
    Told.map(sums)
        .forEach(
            (code, sum) ->
                rows.add(
                    Map.of(
                        "currency",
                        code.equals("pieces") ? say("books_pieces") : code,
                        "amount",
                        Objects.toString(sum, ""))));
    return rows;
  }

  /** An amount with its currency, or pieces; empty for neither. */
  String gap(Map<String, Object> of, String amount) {
    if (of.get(amount) != null) {
      return of.get(amount) + " " + Told.text(of, "currency");
    }
    return of.get("pieces") == null ? "" : of.get("pieces") + " " + say("books_pieces");
  }
}
