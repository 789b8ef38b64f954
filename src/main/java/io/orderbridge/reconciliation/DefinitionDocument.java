package io.orderbridge.reconciliation;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The document on which the departments agree, made of the definitions. The same files, the same
 * text.
 */
public final class DefinitionDocument {
  // Any month does; it is shown how a period is cut.
  private static final YearMonth SHOWN = YearMonth.of(2026, 10);
  private static final String HEAD =
      """
      # 对账标准文档 / What the figures are

      Made from `mappings/definitions/*.yaml` by `orderbridge docs build`; edit those files, not
      this page.
      由 `mappings/definitions/*.yaml` 生成,请修改定义文件,不要直接修改本页。

      | 指标 / figure | 版本 / version | 财务 / finance | 运营 / operations | 仓库 / warehouse | 状态 / state |
      |---|---|---|---|---|---|
      """;

  private DefinitionDocument() {}

  /** The page, in Markdown. */
  public static String markdown(Collection<Definition> definitions) {
    List<Definition> sorted = new ArrayList<>(definitions);
    sorted.sort(Comparator.comparing(Definition::name));
    StringBuilder text = new StringBuilder(HEAD);
    sorted.forEach(definition -> text.append(row(definition)));
    sorted.forEach(definition -> text.append(chapter(definition)));
    return text.toString();
  }

  private static String row(Definition definition) {
    return "| %s / [%s](#%s) | %d | %s | %s | %s | %s |%n"
        .formatted(
            definition.title().zh(),
            definition.title().en(),
            definition.name(),
            definition.version(),
            basis(definition, Department.FINANCE),
            basis(definition, Department.OPERATIONS),
            basis(definition, Department.WAREHOUSE),
            state(definition))
        .replace(System.lineSeparator(), "\n");
  }

  private static String basis(Definition definition, Department department) {
    var act = BridgeLine.act(definition.basis().get(department));
    return act.zh() + " / " + act.en();
  }

  private static String state(Definition definition) {
    return definition.isDraft() ? "草案 / draft" : "已签 / agreed";
  }

  private static String chapter(Definition definition) {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add("## " + definition.name());
    lines.add("");
    lines.add(
        "**%s / %s**, 版本 / version %d, %s"
            .formatted(
                definition.title().zh(),
                definition.title().en(),
                definition.version(),
                state(definition)));
    lines.add("");
    lines.add(definition.says().zh());
    lines.add("");
    lines.add(definition.says().en());
    lines.add("");
    lines.add("- 计量 / counted: `%s`".formatted(definition.counting().of()));
    lines.add("- 状态 / statuses: " + words(definition.counting().counts().statuses()));
    lines.add("- 种类 / kinds: " + words(definition.counting().counts().kinds()));
    if (!definition.counting().counts().known().isEmpty()) {
      lines.add("- 已知时间 / known times: " + words(definition.counting().counts().known()));
    }
    lines.add("- 时区 / zone: `%s`".formatted(definition.zone()));
    lines.add("- 签字 / signed: " + signed(definition));
    lines.add("- SHA-256: `%s`".formatted(definition.hash()));
    lines.add("");
    lines.add("%s 的 SQL(运营口径)/ the SQL of %s, as operations count it:".formatted(SHOWN, SHOWN));
    lines.add("");
    lines.add("```sql");
    lines.add(sql(definition, Department.OPERATIONS, SHOWN.atDay(1), SHOWN.atEndOfMonth()));
    lines.add("```");
    return String.join("\n", lines) + "\n";
  }

  private static String words(Collection<?> words) {
    return words.isEmpty()
        ? "全部 / all"
        : words.stream().map(word -> "`" + word + "`").sorted().collect(Collectors.joining(" "));
  }

  private static String signed(Definition definition) {
    String signed =
        definition.signed().stream()
            .filter(one -> one.version() == definition.version())
            .map(one -> "%s (%s, %s)".formatted(one.by(), one.role().title().zh(), one.on()))
            .collect(Collectors.joining(", "));
    String open =
        definition.unsigned().stream()
            .map(department -> department.title().zh() + " / " + department.title().en())
            .collect(Collectors.joining(", "));
    return (signed.isEmpty() ? "" : signed + "; ")
        + (open.isEmpty() ? "三方已签 / all three" : "待签 / open: " + open);
  }

  /** The statement of a figure for some days; both belong to it. */
  static String sql(Definition definition, Department department, LocalDate from, LocalDate to) {
    return definition
        .counting()
        .text(
            definition.basis().get(department),
            from.atStartOfDay(definition.zone()).toInstant(),
            to.plusDays(1).atStartOfDay(definition.zone()).toInstant());
  }
}
