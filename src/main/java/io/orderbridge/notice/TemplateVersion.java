package io.orderbridge.notice;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A stored version of a template.
 *
 * @param body as it was saved
 * @param basedOn the version that a rollback made current again; null otherwise
 * @param approvedBy null while nobody has
 */
record TemplateVersion(
    Templates.Key key,
    int version,
    State state,
    Map<String, Object> body,
    Integer basedOn,
    String editedBy,
    Instant editedAt,
    String approvedBy,
    Instant approvedAt) {
  /** What a version is good for. */
  enum State {
    /** Somebody edits it; another person approves it. */
    DRAFT,
    /** By it messages are made. */
    APPROVED,
    /** Another one took its place. */
    RETIRED
  }

  Map<String, Object> view(boolean withBody) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("name", key.name());
    view.put("channel", key.channel());
    view.put("version", version);
    view.put("state", state.name());
    view.put("editedBy", editedBy);
    view.put("editedAt", editedAt.toString());
    if (approvedBy != null) {
      view.put("approvedBy", approvedBy);
      view.put("approvedAt", approvedAt.toString());
    }
    if (basedOn != null) {
      view.put("basedOn", basedOn);
    }
    if (withBody) {
      view.put("body", body);
    }
    return view;
  }
}
