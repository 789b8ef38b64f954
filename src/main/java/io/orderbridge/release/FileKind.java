package io.orderbridge.release;

import io.orderbridge.kernel.Role;
import io.orderbridge.kernel.Wording;
import java.util.EnumSet;
import java.util.Set;

/** What a file is for, which says who may release it. */
public enum FileKind {
  ROUTE,
  KAMELET,
  CONNECTION,
  MAPPING,
  TABLE,
  RULES,
  RECONCILIATION,
  NOTICE_TEMPLATE,
  DEFINITION;

  // How far things may drift before somebody is told. What says who may approve, pay back or tell
  // customers, and the limits by which operations itself is judged, is not operations' to change.
  private static final Set<String> TOLERANCES =
      Set.of(
          "mappings/rules/comparisons.yaml",
          "mappings/rules/links.yaml",
          "mappings/rules/stuck.yaml");

  /** Who may release a file of this kind. */
  Set<Role> releasers(FilePath path) {
    return this == RECONCILIATION || TOLERANCES.contains(path.toString())
        ? EnumSet.of(Role.OPS, Role.OWNER, Role.ADMIN)
        : EnumSet.of(Role.OWNER, Role.ADMIN);
  }

  /** The same for people. */
  Wording elsewhereSaid(FilePath path) {
    String name = path.file().replaceAll("\\.ya?ml$", "");
    String zh =
        this == NOTICE_TEMPLATE
            ? "通知模板通过 /api/notice-templates/" + name.replace('.', '/') + " 编辑、批准和退回"
            : "口径有自己的版本、锁定和签字，见 /api/definitions/" + name + " 与 docs/definitions.md";
    return new Wording(zh, elsewhere(path));
  }

  /** Where it is released instead; empty when here. */
  String elsewhere(FilePath path) {
    String name = path.file().replaceAll("\\.ya?ml$", "");
    if (this == NOTICE_TEMPLATE) {
      return "a template of notices is edited, approved and taken back by /api/notice-templates/"
          + name.replace('.', '/');
    }
    return this == DEFINITION
        ? "a definition has versions of its own with a lock and sign-offs: see /api/definitions/"
            + name
            + " and docs/definitions.md"
        : "";
  }
}
