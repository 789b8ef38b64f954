package io.orderbridge.monthend;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderbridge.Counterpart;
import io.orderbridge.Counterpart.Reply;
import io.orderbridge.Counterpart.Request;
import io.orderbridge.Letters;
import io.orderbridge.signing.Signer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/**
 * The mini program's own server, and the payment system that makes its bills, by HTTP. Who does not
 * show the right credentials is sent away.
 */
final class Servers implements AutoCloseable {
  private static final String TOKEN = "CANARY-mini-token-0815";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern DAY = Pattern.compile("[?&](?:day|bill_date)=([\\d-]+)");
  private static final Map<String, String> PLAIN = Map.of("Content-Type", "application/json");

  private final Month month;
  private final Counterpart http = new Counterpart();
  private final Map<String, String> payments = new HashMap<>();

  Servers(Month month) {
    this.month = month;
    new Letters()
        .environment().entrySet().stream()
            .filter(one -> one.getKey().startsWith("WECHAT_PAY_"))
            .forEach(one -> payments.put(one.getKey(), one.getValue()));
    payments.put("WECHAT_PAY_URL", http.url());
    http.answers(this::answer);
  }

  Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>(payments);
    environment.put("MINI_SHOP_URL", http.url());
    environment.put("MINI_SHOP_TOKEN", TOKEN);
    return environment;
  }

  List<String> secrets() {
    List<String> secrets = new ArrayList<>(List.of(TOKEN));
    secrets.add(payments.get("WECHAT_PAY_API_V3_KEY"));
    payments
        .get("WECHAT_PAY_PRIVATE_KEY")
        .lines()
        .filter(line -> !line.startsWith("-"))
        .forEach(secrets::add);
    return secrets;
  }

  /** How often these pages were asked for. */
  long asked(String path) {
    return http.requests().stream().filter(request -> request.path().startsWith(path)).count();
  }

  private Reply answer(Request request) {
    String shown = request.headers().getOrDefault("authorization", "");
    if (request.path().startsWith("/orders?")) {
      return shown.equals("Bearer " + TOKEN)
          ? Reply.json(200, json(orders(day(request))))
          : Reply.json(401, "{}");
    }
    if (!shown.startsWith("WECHATPAY2-SHA256-RSA2048 mchid=")) {
      return Reply.json(401, "{}");
    }
    if (request.path().startsWith("/v3/bill/tradebill?")
        && !month.money(Platform.MINI_SHOP, day(request)).isEmpty()) {
      return signed(200, json(link(day(request))));
    }
    if (request.path().startsWith("/file?")) {
      byte[] packed = bill(day(request));
      return new Reply(200, Map.of(), packed.length, out -> out.write(packed));
    }
    // No business on that day, or another bill.
    return signed(400, "{\"code\": \"NO_STATEMENT_EXIST\", \"message\": \"none\"}");
  }

  private static LocalDate day(Request request) {
    Matcher day = DAY.matcher(request.path());
    if (!day.find()) {
      throw new IllegalArgumentException(request.path() + " names no day");
    }
    return LocalDate.parse(day.group(1));
  }

  private Map<String, Object> orders(LocalDate day) {
    List<Map<String, Object>> orders =
        month.orders(Platform.MINI_SHOP, day).stream().map(MiniShop::order).toList();
    return Map.of("total", orders.size(), "orders", orders);
  }

  private byte[] bill(LocalDate day) {
    return MoneyFiles.of(Platform.MINI_SHOP, day, month.money(Platform.MINI_SHOP, day));
  }

  private Map<String, Object> link(LocalDate day) {
    return Map.of(
        "hash_type",
        "SHA1",
        "hash_value",
        sha1(unpacked(bill(day))),
        "download_url",
        http.url() + "/file?day=" + day);
  }

  private Reply signed(int status, String json) {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    Instant now = Instant.now();
    String nonce = "nonce" + now.toEpochMilli();
    Map<String, String> headers = new HashMap<>(PLAIN);
    headers.put("Wechatpay-Serial", payments.get("WECHAT_PAY_KEY_ID"));
    headers.put("Wechatpay-Timestamp", Long.toString(now.getEpochSecond()));
    headers.put("Wechatpay-Nonce", nonce);
    headers.put(
        "Wechatpay-Signature",
        Signer.wechatPay(payments.get("WECHAT_PAY_PRIVATE_KEY"), now, nonce, body));
    return new Reply(status, headers, body.length, out -> out.write(body));
  }

  private static byte[] unpacked(byte[] packed) {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String sha1(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-1", e);
    }
  }

  private static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
