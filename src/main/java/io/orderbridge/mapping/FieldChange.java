package io.orderbridge.mapping;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A field in which two results of a mapping differ. Numbers are equal by value, keys have no order,
 * elements of lists are compared by their place.
 *
 * @param pointer JSON pointer; empty for the whole result
 * @param before null when it was added
 * @param after null when it is gone
 */
public record FieldChange(String pointer, How how, Object before, Object after) {
  /** What became of the field. */
  public enum How {
    ADDED,
    GONE,
    CHANGED
  }

  /**
   * All differences, in the order of the fields.
   *
   * @param max differences at most; what is beyond them is not looked for
   */
  public static List<FieldChange> between(Object before, Object after, int max) {
    List<FieldChange> changes = new ArrayList<>();
    collect("", before, after, max, changes);
    return List.copyOf(changes);
  }

  private static void collect(
      String pointer, Object before, Object after, int max, List<FieldChange> changes) {
    if (changes.size() >= max) {
      return;
    }
    if (before instanceof Map<?, ?> left && after instanceof Map<?, ?> right) {
      objects(pointer, left, right, max, changes);
    } else if (before instanceof List<?> left && after instanceof List<?> right) {
      lists(pointer, left, right, max, changes);
    } else if (!JsonDifference.same(before, after)) {
      changes.add(new FieldChange(pointer, How.CHANGED, before, after));
    }
  }

  private static void objects(
      String pointer, Map<?, ?> left, Map<?, ?> right, int max, List<FieldChange> changes) {
    Set<Object> names = new LinkedHashSet<>(left.keySet());
    names.addAll(right.keySet());
    for (Object name : names) {
      String below = pointer + "/" + String.valueOf(name).replace("~", "~0").replace("/", "~1");
      if (changes.size() >= max) {
        return;
      } else if (!left.containsKey(name)) {
        changes.add(new FieldChange(below, How.ADDED, null, right.get(name)));
      } else if (!right.containsKey(name)) {
        changes.add(new FieldChange(below, How.GONE, left.get(name), null));
      } else {
        collect(below, left.get(name), right.get(name), max, changes);
      }
    }
  }

  private static void lists(
      String pointer, List<?> left, List<?> right, int max, List<FieldChange> changes) {
    for (int i = 0; i < Math.max(left.size(), right.size()) && changes.size() < max; i++) {
      String below = pointer + "/" + i;
      if (i >= left.size()) {
        changes.add(new FieldChange(below, How.ADDED, null, right.get(i)));
      } else if (i >= right.size()) {
        changes.add(new FieldChange(below, How.GONE, left.get(i), null));
      } else {
        collect(below, left.get(i), right.get(i), max, changes);
      }
    }
  }
}
