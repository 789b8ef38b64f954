package io.orderbridge.runtime;

import io.orderbridge.books.Basis;
import io.orderbridge.books.Counting;
import io.orderbridge.books.EntryKind;
import io.orderbridge.books.Matching.Condition;
import io.orderbridge.kernel.Wording;
import io.orderbridge.reconciliation.Definition;
import io.orderbridge.reconciliation.Department;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads a definition from its file {@code mappings/definitions/<name>.yaml}. */
final class DefinitionSection {
  private static final ZoneId USUAL = ZoneId.of("Asia/Shanghai");
  private static final int VERSION_MAX = 100_000;
  private static final int PERSON_MAX = 64;

  private DefinitionSection() {}

  /** The definition; what is wrong is told to the section, and then it is not to be used. */
  static Definition read(String name, String text, Section root) {
    root.allow("name", "version", "title", "says", "of", "counts", "basis", "zone", "signed");
    for (String key : List.of("name", "version", "of")) {
      root.required(key);
    }
    if (!root.text("name", name).equals(name)) {
      root.wrong("name", "'name' is another than that of the file, '%s'".formatted(name));
    }
    return new Definition(
        name,
        root.value("version", 1, number -> (int) Notation.whole(number, 1, VERSION_MAX)),
        wording(root, "title"),
        wording(root, "says"),
        new Counting(
            root.value("of", Counting.Of.AMOUNT, word -> Notation.word(word, Counting.Of.class)),
            root.section("counts")
                .map(DefinitionSection::condition)
                .orElse(new Condition(Set.of(), Set.of(), Set.of()))),
        basis(root),
        root.value("zone", USUAL, ReadsSection::zone),
        root.sections("signed").stream().map(DefinitionSection::signed).toList(),
        text);
  }

  private static Condition condition(Section counts) {
    counts.allow("statuses", "kinds", "known");
    return new Condition(
        new HashSet<>(counts.values("statuses", List.of(), DefinitionSection::status)),
        new HashSet<>(
            counts.values("kinds", List.of(), word -> Notation.constant(word, EntryKind.class))),
        new HashSet<>(counts.values("known", List.of(), word -> Notation.word(word, Basis.class))));
  }

  private static Map<Department, Basis> basis(Section root) {
    Map<Department, Basis> bases = new EnumMap<>(Department.class);
    for (Department department : Department.values()) {
      bases.put(department, department.usual());
    }
    root.section("basis")
        .ifPresent(
            basis -> {
              basis.allow(Notation.words(Department.class).toArray(String[]::new));
              bases.replaceAll(
                  (department, usual) ->
                      basis.value(
                          department.word(), usual, word -> Notation.word(word, Basis.class)));
            });
    return bases;
  }

  private static Definition.Signed signed(Section signed) {
    signed.allow("by", "role", "on", "version");
    for (String key : List.of("by", "role", "on", "version")) {
      signed.required(key);
    }
    return new Definition.Signed(
        signed.value("by", "", DefinitionSection::person),
        signed.value("role", Department.FINANCE, word -> Notation.word(word, Department.class)),
        signed.value("on", LocalDate.EPOCH, DefinitionSection::day),
        signed.value("version", 1, number -> (int) Notation.whole(number, 1, VERSION_MAX)));
  }

  /** Words in both languages; that some are missing is told. */
  static Wording wording(Section holder, String key) {
    Optional<Section> words = holder.section(key);
    words.ifPresent(section -> section.allow("zh", "en"));
    String zh = words.map(section -> section.text("zh", "")).orElse("");
    String en = words.map(section -> section.text("en", "")).orElse("");
    if (zh.isBlank() || en.isBlank()) {
      holder.wrong(
          key,
          "'%s' needs words in Chinese and in English: {zh: ..., en: ...}"
              .formatted(holder.name(key)));
      return new Wording("-", "-");
    }
    return new Wording(zh, en);
  }

  private static String status(String text) {
    if (!text.matches("[A-Z][A-Z0-9_-]{0,59}")) {
      throw Notation.expected(text, "a status of ours in capital letters, such as DONE");
    }
    return text;
  }

  private static String person(String text) {
    if (text.isBlank() || text.length() > PERSON_MAX) {
      throw Notation.expected(
          text, "a person's name of at most %d characters".formatted(PERSON_MAX));
    }
    return text;
  }

  private static LocalDate day(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException e) {
      throw Notation.expected(text, "a day such as \"2026-11-20\"");
    }
  }
}
