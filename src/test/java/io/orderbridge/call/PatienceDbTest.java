package io.orderbridge.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.FileServer;
import io.orderbridge.call.Partner.Reply;
import io.orderbridge.kernel.Carried;
import io.orderbridge.kernel.Cause;
import io.orderbridge.kernel.Patience;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The reader of a window waits in its place; a delivery does not wait for it. */
@Tag("R05")
class PatienceDbTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  private final Calling calling = Calling.fresh();
  private final Partner partner = new Partner();

  @AfterEach
  void end() {
    calling.close();
    partner.close();
  }

  private Exchange askPatiently(AtomicBoolean ended) {
    return askPatiently(Map.of(), ended);
  }

  private Exchange askPatiently(String path) {
    return askPatiently(Map.of("path", path), new AtomicBoolean());
  }

  private Exchange askPatiently(Map<String, ?> request, AtomicBoolean ended) {
    return calling
        .camel
        .createProducerTemplate()
        .send(
            "call:shop/api",
            exchange -> {
              exchange.getMessage().setBody(request);
              exchange.setProperty(Carried.PATIENCE, new Patience(LONG, ended::get));
            });
  }

  private Calling.Draft partnerCall() {
    return Calling.to(partner.url());
  }

  @Test
  void a_page_that_fails_three_times_is_asked_again_in_its_place() {
    calling.has(partnerCall());
    AtomicInteger times = new AtomicInteger();
    partner.answers(
        asked -> times.incrementAndGet() <= 2 ? Reply.of(503, "") : Reply.of(200, "{}"));
    assertThat(Calling.meaning(askPatiently(new AtomicBoolean()))).isEqualTo("done");
    assertThat(times).hasValue(3);
  }

  @Test
  void a_file_that_is_not_there_yet_is_looked_for_once(@TempDir Path folder) throws IOException {
    try (FileServer server = new FileServer(folder).withPassword("till", "secret")) {
      Calling.Draft draft = Calling.to("sftp://127.0.0.1:%d/".formatted(server.port()));
      draft.login = new CallSpec.Login("till", "secret", "", server.knownHosts());
      calling.has(draft);
      assertThat(Calling.later(askPatiently("bill.csv"))).hasMessageContaining("not there yet");
      assertThat(server.logins()).isEqualTo(1);
      Files.writeString(folder.resolve("bill.csv"), "a,b");
      assertThat(Calling.meaning(askPatiently("bill.csv"))).isEqualTo("done");
    }
  }

  @Test
  void what_a_person_has_to_mend_is_asked_once() {
    calling.has(partnerCall());
    partner.answers(400, "{}");
    assertThat(Calling.refused(askPatiently(new AtomicBoolean())).why())
        .isEqualTo(Cause.TARGET_REFUSED);
    assertThat(partner.asked).hasSize(1);
  }

  @Test
  void the_waiting_ends_when_the_process_stops() {
    calling.has(partnerCall());
    AtomicBoolean ended = new AtomicBoolean();
    partner.answers(
        asked -> {
          ended.set(true);
          return Reply.of(503, "");
        });
    assertThat(Calling.later(askPatiently(ended)).why()).isEqualTo(Cause.TARGET_BUSY);
    assertThat(partner.asked).hasSizeLessThanOrEqualTo(5);
  }

  @Test
  void a_delivery_gets_its_turn_although_sweeps_use_the_rate_up() {
    // Given
    Calling.Draft draft = partnerCall();
    draft.limits = new Limits(2, Limits.Rate.perSecond(5), Duration.ofSeconds(5), 1024);
    calling.has(draft);
    partner.answers(200, "{}");
    AtomicBoolean ended = new AtomicBoolean();
    CompletableFuture<?>[] sweeps = new CompletableFuture<?>[3];
    for (int i = 0; i < sweeps.length; i++) {
      sweeps[i] =
          CompletableFuture.runAsync(
              () -> {
                while (!ended.get()) {
                  askPatiently(ended);
                }
              });
    }

    // When
    int delivered = 0;
    for (int i = 0; i < 8; i++) {
      delivered += calling.ask(Map.of()).getException() == null ? 1 : 0;
    }
    ended.set(true);
    CompletableFuture.allOf(sweeps).join();

    // Then
    assertThat(delivered).isEqualTo(8);
  }
}
