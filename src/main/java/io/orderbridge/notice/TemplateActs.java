package io.orderbridge.notice;

import io.orderbridge.kernel.Declined;
import io.orderbridge.kernel.Declined.Kind;
import io.orderbridge.kernel.Person;
import io.orderbridge.kernel.Role;
import io.orderbridge.kernel.Wording;
import io.orderbridge.notice.TemplateRows.Edit;
import io.orderbridge.notice.TemplateVersion.State;
import io.orderbridge.notice.Templates.Key;
import io.orderbridge.store.Audit;
import io.orderbridge.store.Database;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/**
 * What people do with templates: one edits, another approves, either goes back. Each act is a
 * transaction of its own with its line in the audit; the next message is made by what it left.
 * Whoever has not the role, or asks for what is not so, gets a {@link Declined}; nothing is changed
 * then. Thread-safe.
 */
@Singleton
public class TemplateActs {
  private static final Set<Role> EDITORS = Set.of(Role.OPS);
  private static final Set<Role> APPROVERS = Set.of(Role.OPS, Role.MANAGER);
  private static final int REASON_MAX = 500;

  private final Database database;
  private final ShippedTemplates shipped;

  TemplateActs(Database database, ShippedTemplates shipped) {
    this.database = database;
    this.shipped = shipped;
  }

  /**
   * Saves a draft as a version of its own; a draft there was is retired.
   *
   * @return its number
   * @throws io.orderbridge.kernel.Refusal TEMPLATE_INVALID with the place
   */
  public int save(Person person, Key key, Map<?, ?> body, Instant now) {
    person.in(EDITORS);
    Template template = TemplateBody.read(key.name(), key.channel(), 0, body);
    return database.inTransaction(
        connection -> {
          TemplateRows.lock(connection, key);
          TemplateRows.retire(connection, key, State.DRAFT);
          Edit edit = new Edit(person.name(), now, false);
          int version = TemplateRows.add(connection, key, TemplateBody.of(template), null, edit);
          audit(connection, person, "notice-template.saved", key, "", "version=" + version);
          return version;
        });
  }

  /** Makes a draft of somebody else current; a second time it is declined. */
  public void approve(Person person, Key key, int version, Instant now) {
    person.in(APPROVERS);
    database.run(
        connection -> {
          TemplateRows.lock(connection, key);
          TemplateVersion draft = found(connection, key, version);
          if (draft.state() != State.DRAFT) {
            throw new Declined(
                Kind.CONFLICT,
                Wording.of("版本 %d 不是待批准的草稿（%s）", "version %d is %s", version, draft.state()));
          }
          if (draft.editedBy().equals(person.name())) {
            throw new Declined(
                Kind.FORBIDDEN,
                Wording.of(
                    "版本 %d 由 %s 编辑，须由另一人批准",
                    "version %d was edited by %s; another person approves it",
                    version,
                    person.name()));
          }
          TemplateRows.retire(connection, key, State.APPROVED);
          if (!TemplateRows.approve(connection, key, version, person.name(), now)) {
            throw new Declined(
                Kind.CONFLICT,
                Wording.of("版本 %d 已不是草稿", "version %d is no draft any more", version));
          }
          String detail = "version=%d edited_by=%s".formatted(version, draft.editedBy());
          audit(connection, person, "notice-template.approved", key, "", detail);
        });
  }

  /**
   * Makes an older version current at once, as a new one: it was approved before, so nobody has to
   * again.
   *
   * @param to a version that was approved once; 0 for what is shipped
   * @return the number of the new version
   */
  public int rollBack(Person person, Key key, int to, String reason, Instant now) {
    person.in(APPROVERS);
    if (reason == null || reason.isBlank() || reason.length() > REASON_MAX) {
      throw new Declined(
          Kind.WRONG, Wording.of("理由须为 1 到 %d 个字符", "'reason' has 1 to %d characters", REASON_MAX));
    }
    return database.inTransaction(
        connection -> {
          TemplateRows.lock(connection, key);
          Map<String, Object> body = approvedBody(connection, key, to);
          TemplateRows.retire(connection, key, State.APPROVED);
          Edit edit = new Edit(person.name(), now, true);
          int version = TemplateRows.add(connection, key, body, to, edit);
          String detail = "version=%d based_on=%d".formatted(version, to);
          audit(connection, person, "notice-template.rolled-back", key, reason, detail);
          return version;
        });
  }

  private Map<String, Object> approvedBody(Connection connection, Key key, int to)
      throws SQLException {
    if (to == 0) {
      return shipped
          .find(key)
          .map(TemplateBody::of)
          .orElseThrow(
              () ->
                  new Declined(
                      Kind.MISSING, Wording.of("产品没有自带模板 %s", "no template %s is shipped", key)));
    }
    TemplateVersion version = found(connection, key, to);
    if (version.approvedBy() == null || version.state() == State.APPROVED) {
      throw new Declined(
          Kind.CONFLICT,
          version.approvedBy() == null
              ? Wording.of("版本 %d 从未批准过", "version %d was never approved", to)
              : Wording.of("版本 %d 正在生效", "version %d is current already", to));
    }
    return version.body();
  }

  private static TemplateVersion found(Connection connection, Key key, int version)
      throws SQLException {
    return TemplateRows.find(connection, key, version)
        .orElseThrow(
            () ->
                new Declined(
                    Kind.MISSING, Wording.of("%s 没有版本 %d", "%s has no version %d", key, version)));
  }

  private static void audit(
      Connection connection, Person person, String action, Key key, String reason, String detail)
      throws SQLException {
    Audit.write(connection, new Audit.Act(person.name(), action, key.toString(), reason, detail));
  }
}
