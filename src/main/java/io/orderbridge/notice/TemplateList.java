package io.orderbridge.notice;

import io.orderbridge.kernel.Declined;
import io.orderbridge.kernel.Declined.Kind;
import io.orderbridge.kernel.Wording;
import io.orderbridge.notice.TemplateVersion.State;
import io.orderbridge.notice.Templates.Key;
import io.orderbridge.store.Database;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Templates as they are shown: what is stored, and what is shipped where nothing is. */
@Singleton
public class TemplateList {
  private final Database database;
  private final ShippedTemplates shipped;

  TemplateList(Database database, ShippedTemplates shipped) {
    this.database = database;
    this.shipped = shipped;
  }

  /** Current versions and drafts, and what is shipped where none is current; without bodies. */
  public List<Map<String, Object>> all() {
    List<TemplateVersion> stored = database.inTransaction(TemplateRows::list);
    List<Map<String, Object>> views = new ArrayList<>();
    Set<Key> current = new HashSet<>();
    for (TemplateVersion version : stored) {
      views.add(version.view(false));
      if (version.state() == State.APPROVED) {
        current.add(version.key());
      }
    }
    for (Key key : shipped.keys()) {
      if (!current.contains(key)) {
        views.add(shippedView(key, State.APPROVED));
      }
    }
    return views;
  }

  /** The versions of a template with their bodies, the newest first; the shipped one last. */
  public Optional<Map<String, Object>> find(Key key) {
    List<TemplateVersion> stored =
        database.inTransaction(connection -> TemplateRows.versions(connection, key));
    List<Map<String, Object>> views = new ArrayList<>();
    stored.forEach(version -> views.add(version.view(true)));
    shipped
        .find(key)
        .ifPresent(
            template -> {
              boolean replaced =
                  stored.stream().anyMatch(version -> version.state() == State.APPROVED);
              Map<String, Object> view =
                  shippedView(key, replaced ? State.RETIRED : State.APPROVED);
              view.put("body", TemplateBody.of(template));
              views.add(view);
            });
    if (views.isEmpty()) {
      return Optional.empty();
    }
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("name", key.name());
    shown.put("channel", key.channel());
    shown.put("versions", views);
    return Optional.of(shown);
  }

  private static Map<String, Object> shippedView(Key key, State state) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("name", key.name());
    view.put("channel", key.channel());
    view.put("version", 0);
    view.put("state", state.name());
    view.put("shipped", true);
    return view;
  }

  /**
   * A version to be looked at.
   *
   * @param version null for the draft, or else the current one; 0 for what is shipped
   * @throws Declined when there is none
   */
  public Template version(Key key, Integer version) {
    if (version != null && version == 0) {
      return shipped.find(key).orElseThrow(() -> missing(key, "产品没有自带", "is not shipped"));
    }
    List<TemplateVersion> stored =
        database.inTransaction(
            connection ->
                version == null
                    ? TemplateRows.versions(connection, key).stream()
                        .filter(one -> one.state() != State.RETIRED)
                        .toList()
                    : TemplateRows.find(connection, key, version).stream().toList());
    if (stored.isEmpty()) {
      return Optional.of(key)
          .filter(one -> version == null)
          .flatMap(shipped::find)
          .orElseThrow(() -> missing(key, "没有这个版本", "has no such version"));
    }
    TemplateVersion newest = stored.get(0);
    return TemplateBody.read(key.name(), key.channel(), newest.version(), newest.body());
  }

  private static Declined missing(Key key, String zh, String en) {
    return new Declined(Kind.MISSING, Wording.of("%s " + zh, "%s " + en, key));
  }

  /** What a template may name, with what it means. */
  public static List<Map<String, String>> variables() {
    return Arrays.stream(Variable.values())
        .map(
            variable ->
                Map.of(
                    "name",
                    variable.word(),
                    "zh",
                    variable.meaning().zh(),
                    "en",
                    variable.meaning().en()))
        .toList();
  }
}
