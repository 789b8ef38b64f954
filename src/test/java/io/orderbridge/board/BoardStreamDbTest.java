package io.orderbridge.board;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.Heart;
import io.orderbridge.kernel.Milestone;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("R60")
class BoardStreamDbTest {
  private final Flowing flowing = new Flowing(Heart.fresh());
  private final Instant now = Instant.now();

  @AfterEach
  void end() {
    flowing.close();
  }

  /** A browser that takes what it is shown when it likes. */
  private static final class Browser implements BoardStream.Screen {
    final List<String> shown = new ArrayList<>();
    CompletableFuture<Void> taken = CompletableFuture.completedFuture(null);
    int stayed;
    boolean gone;

    @Override
    public CompletionStage<?> show(String json) {
      shown.add(json);
      return taken;
    }

    @Override
    public CompletionStage<?> stay() {
      stayed++;
      return taken;
    }

    @Override
    public void end() {
      gone = true;
    }

    @Override
    public boolean isGone() {
      return gone;
    }
  }

  private Browser open() {
    Browser browser = new Browser();
    assertThat(flowing.stream.open(browser, now)).isTrue();
    return browser;
  }

  private void pay(String number) {
    flowing.say(number, Flowing.reached(Milestone.PAID, "", now));
    flowing.round.run(now);
  }

  @Test
  void what_happens_is_on_every_screen_within_five_seconds() {
    Browser one = open();
    Browser other = open();
    pay("1");
    flowing.stream.run(now.plusSeconds(1));
    assertThat(one.shown).hasSize(2);
    assertThat(one.shown.get(1)).contains("\"PAID\":1");
    assertThat(other.shown.get(1)).as("read and written once").isSameAs(one.shown.get(1));
    // Either may just have run when it happens; each takes some ten milliseconds.
    assertThat(BoardRound.EVERY.plus(BoardStream.EVERY)).isLessThan(Duration.ofSeconds(4));
  }

  @Test
  void a_board_that_has_not_changed_is_not_told_again_but_the_line_is_kept_open() {
    Browser browser = open();
    for (int second = 1; second <= 16; second++) {
      flowing.stream.run(now.plusSeconds(second));
    }
    assertThat(browser.shown).hasSize(1);
    assertThat(browser.stayed).isEqualTo(1);
  }

  @Test
  void a_slow_screen_misses_boards_but_not_the_last() {
    Browser slow = new Browser();
    slow.taken = new CompletableFuture<>();
    flowing.stream.open(slow, now);
    pay("1");
    flowing.stream.run(now.plusSeconds(1));
    pay("2");
    flowing.stream.run(now.plusSeconds(2));
    assertThat(slow.shown).hasSize(1);
    slow.taken.complete(null);
    flowing.stream.run(now.plusSeconds(3));
    assertThat(slow.shown).hasSize(2);
    assertThat(slow.shown.get(1)).contains("\"PAID\":2");
  }

  @Test
  void a_screen_that_is_gone_is_told_nothing_and_forgotten() {
    Browser closed = open();
    closed.gone = true;
    Browser broken = open();
    broken.taken = CompletableFuture.failedFuture(new IllegalStateException("connection reset"));
    pay("1");
    flowing.stream.run(now.plusSeconds(1));
    assertThat(closed.shown).hasSize(1);
    assertThat(flowing.stream.screens()).isZero();
  }

  @Test
  void who_opens_later_sees_the_board_of_now() {
    Browser first = open();
    first.gone = true;
    flowing.stream.run(now.plusSeconds(1));
    pay("1");
    Browser later = open();
    assertThat(later.shown.get(0)).contains("\"PAID\":1");
  }

  @Test
  void a_screen_has_to_come_again_so_that_it_does_not_outlive_its_sign_in() {
    Browser screen = open();
    flowing.stream.run(now.plus(BoardStream.OPEN_MAX).minusSeconds(1));
    assertThat(screen.gone).isFalse();
    flowing.stream.run(now.plus(BoardStream.OPEN_MAX));
    assertThat(screen.gone).isTrue();
    assertThat(flowing.stream.screens()).isZero();
  }

  @Test
  void there_is_an_end_to_how_many_screens_are_told() {
    for (int i = 0; i < BoardStream.SCREENS_MAX; i++) {
      open();
    }
    assertThat(flowing.stream.open(new Browser(), now)).isFalse();
  }
}
