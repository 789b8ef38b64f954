package io.orderbridge.consistency;

import io.orderbridge.consistency.Value.As;
import io.orderbridge.kernel.Milestone;
import io.orderbridge.order.OrderReading.Claim;
import io.orderbridge.order.OrderReading.Code;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** What is asked of the words of single systems. Lists are kept as they stand in the file. */
public final class SaidConditions {
  private SaidConditions() {}

  /**
   * A milestone is reached, by the word that decides.
   *
   * @param after a milestone or a status of a refund that has to have come before; empty for none
   */
  public record Reached(Milestone milestone, String after) implements Condition {
    @Override
    public Hold of(Scene scene) {
      Instant at = scene.reachedAt(milestone);
      if (at == null) {
        return Hold.NOT;
      }
      if (after.isEmpty()) {
        return Hold.at(at);
      }
      Instant before = before(scene);
      return before != null && at.isAfter(before) ? Hold.at(at) : Hold.NOT;
    }

    private Instant before(Scene scene) {
      for (Milestone one : Milestone.values()) {
        if (one.name().equals(after)) {
          return scene.reachedAt(one);
        }
      }
      return scene.order().refunds().stream()
          .map(refund -> refund.steps().get(after))
          .filter(at -> at != null)
          .min(Comparator.naturalOrder())
          .orElse(null);
    }

    @Override
    public void tell(Scene scene, List<Value> into) {
      LastWords.reached(scene, milestone, into);
      if (!after.isEmpty()) {
        LastWords.earlier(scene, after, into);
      }
    }

    @Override
    public void tellMissing(Scene scene, List<Value> into) {
      LastWords.missing(scene, milestone, into);
    }
  }

  /**
   * A system claims a milestone, whether its word decides or not.
   *
   * @param by connections; empty stands for any that do not own what others own
   * @param alone only while no word that decides has said the same
   */
  public record Claimed(List<Milestone> milestones, List<String> by, boolean alone)
      implements Condition {
    public Claimed {
      milestones = List.copyOf(milestones);
      by = List.copyOf(by);
    }

    @Override
    public Hold of(Scene scene) {
      Hold found = Hold.NOT;
      for (Claim claim : scene.order().claims()) {
        if (fits(scene, claim)) {
          found = found.earlier(Hold.at(claim.at()));
        }
      }
      return found;
    }

    private boolean fits(Scene scene, Claim claim) {
      return milestones.contains(claim.milestone())
          && (by.isEmpty() ? !claim.decides() : by.contains(claim.system()))
          && scene.concerns(claim)
          && !(alone && confirmed(scene, claim));
    }

    private static boolean confirmed(Scene scene, Claim claim) {
      return scene.order().reached().stream()
          .anyMatch(
              step ->
                  step.milestone() == claim.milestone() && step.parcel().equals(claim.parcel()));
    }

    @Override
    public void tell(Scene scene, List<Value> into) {
      for (Claim claim : scene.order().claims()) {
        if (fits(scene, claim)) {
          into.add(LastWords.value(claim));
          if (alone) {
            LastWords.missing(scene, claim.milestone(), into);
          }
        }
      }
    }
  }

  /**
   * A system's own code, as it told it last.
   *
   * @param codes one may begin or end with a star for any beginning or end
   */
  public record Coded(List<String> codes, List<String> of) implements Condition {
    public Coded {
      codes = List.copyOf(codes);
      of = List.copyOf(of);
    }

    @Override
    public Hold of(Scene scene) {
      Hold found = Hold.NOT;
      for (Code code : scene.order().codes()) {
        if (fits(code)) {
          found = found.earlier(Hold.at(code.at()));
        }
      }
      return found;
    }

    private boolean fits(Code code) {
      return of.contains(code.system())
          && codes.stream().anyMatch(wanted -> fits(wanted, code.text()));
    }

    private static boolean fits(String wanted, String text) {
      if (wanted.startsWith("*")) {
        return text.endsWith(wanted.substring(1));
      }
      return wanted.endsWith("*")
          ? text.startsWith(wanted.substring(0, wanted.length() - 1))
          : text.equals(wanted);
    }

    @Override
    public void tell(Scene scene, List<Value> into) {
      for (Code code : scene.order().codes()) {
        if (fits(code)) {
          into.add(Value.of(code.system(), As.CODE, code.text(), code.at()));
        }
      }
    }
  }

  /** What a system showed when it was last read, unless it has spoken of a later time since. */
  public record Shown(List<String> statuses, List<String> of) implements Condition {
    public Shown {
      statuses = List.copyOf(statuses);
      of = List.copyOf(of);
    }

    @Override
    public Hold of(Scene scene) {
      Hold found = Hold.NOT;
      for (ShownState state : scene.shown()) {
        if (fits(scene, state)) {
          found = found.earlier(Hold.at(state.at() == null ? state.readAt() : state.at()));
        }
      }
      return found;
    }

    private boolean fits(Scene scene, ShownState state) {
      return of.contains(state.system())
          && statuses.contains(state.status())
          && scene.isCurrent(state);
    }

    @Override
    public void tell(Scene scene, List<Value> into) {
      for (ShownState state : scene.shown()) {
        if (fits(scene, state)) {
          into.add(
              new Value(
                  state.system(),
                  As.STATE,
                  state.status() + " (" + state.raw() + ")",
                  "",
                  state.at(),
                  state.readAt(),
                  ""));
        }
      }
    }
  }
}
