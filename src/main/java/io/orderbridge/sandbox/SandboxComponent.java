package io.orderbridge.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderbridge.signing.AnswerSigners;
import io.orderbridge.signing.AnswerSigners.Signed;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;

/**
 * {@code sandbox:<partner>/hear}, {@code /answer} and {@code /tell}: the three steps of a
 * counterpart between its two mappings. Hear makes a map of the request, answer asks what the
 * partner knows, tell writes the answer out; with {@code sign}, {@code key} and {@code serial} it
 * signs it. {@code /push} tells the product's door ({@code to}) what a mapping made of receipts;
 * what was not taken waits for the next time. Only the routes of {@code routes/sandbox/} may use
 * it.
 */
@Singleton
@Named("sandbox")
public class SandboxComponent extends DefaultComponent {
  private final Counterparts counterparts;

  SandboxComponent(Counterparts counterparts) {
    this.counterparts = counterparts;
  }

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
    if (!remaining.matches("[a-z0-9-]+/(hear|answer|tell|push)")) {
      throw new IllegalArgumentException(
          "sandbox:%s is not known; write sandbox:<partner>/hear, /answer, /tell or /push"
              .formatted(remaining));
    }
    String[] parts = remaining.split("/");
    Seal seal =
        new Seal(
            getAndRemoveParameter(parameters, "sign", String.class, ""),
            getAndRemoveParameter(parameters, "key", String.class, ""),
            getAndRemoveParameter(parameters, "serial", String.class, ""),
            getAndRemoveParameter(parameters, "to", String.class, ""));
    return new SandboxEndpoint(uri, this, parts[0], parts[1], seal);
  }

  /** How answers are signed, or pushes to a door; nothing is signed or pushed without a key. */
  private record Seal(String scheme, String key, String serial, String door) {
    @Override
    public String toString() {
      return "Seal[" + scheme + "]";
    }
  }

  private static final class SandboxEndpoint extends DefaultEndpoint {
    private final SandboxComponent component;
    private final String partner;
    private final String step;
    private final Seal seal;

    SandboxEndpoint(
        String uri, SandboxComponent component, String partner, String step, Seal seal) {
      super(uri, component);
      this.component = component;
      this.partner = partner;
      this.step = step;
      this.seal = seal;
    }

    @Override
    public Producer createProducer() {
      Counterpart counterpart = component.counterparts.of(partner);
      return new Step(this, partner, counterpart, step, seal);
    }

    @Override
    public Consumer createConsumer(Processor processor) {
      throw new UnsupportedOperationException("nothing comes from sandbox:, it answers");
    }
  }

  private static final class Step extends DefaultProducer {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};
    private static final TypeReference<List<Map<String, Object>>> ENTRIES =
        new TypeReference<>() {};
    private static final String DO = "SandboxDo";
    private static final String ROOT = "SandboxRoot";
    private static final int AWAY = 503;

    private final String telling;
    private final String root;
    private final Counterpart counterpart;
    private final String step;
    private final Seal seal;

    Step(Endpoint endpoint, String partner, Counterpart counterpart, String step, Seal seal) {
      super(endpoint);
      this.telling = "mapping:sandbox/" + partner + "-tell";
      this.root = "/sandbox/" + partner;
      this.counterpart = counterpart;
      this.step = step;
      this.seal = seal;
    }

    @Override
    public void process(Exchange exchange) {
      switch (step) {
        case "hear" -> hear(exchange);
        case "answer" -> answer(exchange);
        case "push" -> push(exchange);
        default -> tell(exchange);
      }
    }

    private void hear(Exchange exchange) {
      Message message = exchange.getMessage();
      Map<String, Object> request = Heard.of(message, root);
      counterpart.hear(request);
      exchange.setProperty(ROOT, "http://" + message.getHeader("Host", String.class) + root);
      message.removeHeaders("*");
      message.setBody(request);
      if (counterpart.faults().strikes("down", "")) {
        isAway(exchange);
      }
    }

    private void answer(Exchange exchange) {
      Map<String, Object> ask = JSON.convertValue(exchange.getMessage().getBody(), OBJECT);
      exchange.setProperty(DO, String.valueOf(ask.get("do")));
      Map<String, Object> answer = counterpart.answer(ask);
      Object file = answer.remove("file");
      if (file != null) {
        link(exchange, answer, file);
      }
      exchange.getMessage().setBody(answer);
      // It was done, and the answer is lost: the caller cannot know.
      if (Counterpart.writes(ask) && strikes(exchange, "lost-answer")) {
        isAway(exchange);
      }
    }

    // The hash of a file is told before the file is asked for.
    private void link(Exchange exchange, Map<String, Object> answer, Object file) {
      Object told =
          exchange
              .getContext()
              .createFluentProducerTemplate()
              .to(telling)
              .withBody(file)
              .request(Object.class);
      byte[] plain = Told.of(told, "").plain();
      String salt = strikes(exchange, "wrong-hash") ? "other" : "";
      answer.put("sha1", sha1(plain, salt));
      answer.put(
          "link",
          exchange.getProperty(ROOT, "", String.class)
              + "/billdownload/file?token="
              + answer.get("link"));
    }

    private static String sha1(byte[] plain, String salt) {
      try {
        MessageDigest digest = MessageDigest.getInstance("SHA-1");
        digest.update(plain);
        digest.update(salt.getBytes(UTF_8));
        return HexFormat.of().formatHex(digest.digest());
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every JDK has SHA-1", e);
      }
    }

    private void tell(Exchange exchange) {
      Message message = exchange.getMessage();
      String type = message.getHeader(Exchange.CONTENT_TYPE, "application/json", String.class);
      Told told = Told.of(message.getBody(), type);
      if (strikes(exchange, "bomb")) {
        told = told.bomb();
      }
      Signed signed = new Signed(Map.of(), told.body());
      if (!seal.key().isEmpty()) {
        byte[] body = told.body();
        signed =
            AnswerSigners.sign(
                seal.scheme(), seal.key(), seal.serial(), told.node(), body, counterpart.now());
      }
      byte[] body = signed.body();
      if (strikes(exchange, "garbage")) {
        body = Arrays.copyOf(body, body.length / 2);
      }
      if (strikes(exchange, "forged-answer")) {
        // A blank more: the same to a reader of JSON, and not what was signed.
        body = new String(body, UTF_8).replaceFirst(",", ", ").getBytes(UTF_8);
      }
      finish(exchange, told.status(), body);
      told.headers().forEach(message::setHeader);
      signed.headers().forEach(message::setHeader);
    }

    private void push(Exchange exchange) {
      Map<String, Object> made = JSON.convertValue(exchange.getMessage().getBody(), OBJECT);
      List<Map<String, Object>> receipts =
          JSON.convertValue(made.getOrDefault(Receipts.LIST, List.of()), ENTRIES);
      if (receipts.isEmpty()) {
        return;
      }
      Push push = new Push(seal.door(), seal.scheme(), seal.key());
      Instant now = counterpart.now();
      boolean taken =
          !seal.key().isEmpty()
              && JSON.convertValue(made.get("requests"), ENTRIES).stream()
                  .allMatch(request -> push.tell(Told.of(request, "application/json"), now));
      if (!taken) {
        counterpart.add(Receipts.LIST, receipts);
      }
    }

    private boolean strikes(Exchange exchange, String fault) {
      return counterpart.faults().strikes(fault, exchange.getProperty(DO, "", String.class));
    }

    private static void isAway(Exchange exchange) {
      finish(exchange, AWAY, new byte[0]);
      exchange.setRouteStop(true);
    }

    private static void finish(Exchange exchange, int status, byte[] body) {
      Message message = exchange.getMessage();
      message.removeHeaders("*");
      message.setHeader(Exchange.HTTP_RESPONSE_CODE, status);
      message.setBody(body);
    }
  }
}
