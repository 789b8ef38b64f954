package io.orderbridge;

import com.fasterxml.jackson.databind.JsonNode;
import io.orderbridge.Counterpart.Reply;
import io.orderbridge.Counterpart.Request;
import io.orderbridge.signing.Secret;
import io.orderbridge.signing.Signer;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The vendors of SMS, WeChat messages and pushes in their real formats: they take messages, fail
 * for the customers that a test names, and tell by receipts what became of them.
 */
final class NoticeVendors implements AutoCloseable {
  private static final String SECRET = "receipt-secret-of-the-tests";
  private static final String TOKEN = "token-of-the-service-account";
  private static final long FIRST_WECHAT = 200_000_000_000_000L;
  private static final long FIRST_PUSH = 58_546_795_190_000L;

  /** Numbers that get 503 while they stand here. */
  final Set<String> busy = ConcurrentHashMap.newKeySet();

  /** Customers who have blocked the service account. */
  final Set<String> blocked = ConcurrentHashMap.newKeySet();

  /** Devices that pushes have reached. */
  final Set<String> reached = ConcurrentHashMap.newKeySet();

  private final Counterpart world = new Counterpart();
  private final Map<String, Instant> arrivals = new ConcurrentHashMap<>();

  NoticeVendors() {
    world.answers(this::answer);
  }

  /** What the shipped connections ask of the environment. */
  Map<String, String> environment() {
    Map<String, String> environment = new LinkedHashMap<>();
    for (String vendor : List.of("ALIYUN_SMS", "WECHAT_MP", "JPUSH")) {
      environment.put(vendor + "_ENABLED", "true");
      environment.put(vendor + "_URL", world.url() + "/" + vendor);
      environment.put(vendor + "_KEY", "key");
      environment.put(vendor + "_SECRET", "secret");
    }
    environment.put("ALIYUN_SMS_RECEIPT_SECRET", SECRET);
    environment.put("WECHAT_MP_APP_ID", "wx1");
    environment.put("WECHAT_MP_TOKEN", TOKEN);
    environment.put("JPUSH_REPORT_URL", world.url() + "/REPORT");
    environment.put("WMS_URL", world.url() + "/WMS");
    return environment;
  }

  private Reply answer(Request request) {
    arrivals.put(request.path(), Instant.now());
    String path = request.path();
    if (path.startsWith("/ALIYUN_SMS/")) {
      return sms(request);
    }
    if (path.contains("stable_token")) {
      return Reply.json(200, "{\"access_token\":\"t1\",\"expires_in\":7200}");
    }
    if (path.startsWith("/WECHAT_MP/")) {
      return wechat(request);
    }
    if (path.startsWith("/JPUSH/")) {
      String id = Product.read(request.body()).path("cid").asText();
      return Reply.json(200, "{\"sendno\":\"0\",\"msg_id\":\"%s\"}".formatted(pushRef(id)));
    }
    return Reply.json(200, path.startsWith("/REPORT/") ? reports(request) : "{\"ok\":true}");
  }

  private Reply sms(Request request) {
    Map<String, String> query = query(request);
    if (busy.contains(query.get("PhoneNumbers"))) {
      return Reply.json(503, "{}");
    }
    String answer = "{\"Code\":\"OK\",\"Message\":\"OK\",\"BizId\":\"%s\",\"RequestId\":\"r1\"}";
    return Reply.json(200, answer.formatted(smsRef(query.get("OutId"))));
  }

  private Reply wechat(Request request) {
    JsonNode body = Product.read(request.body());
    if (blocked.contains(body.path("touser").asText())) {
      return Reply.json(200, "{\"errcode\":43004,\"errmsg\":\"require subscribe\"}");
    }
    String ref = wechatRef(body.path("client_msg_id").asText());
    return Reply.json(200, "{\"errcode\":0,\"errmsg\":\"ok\",\"msgid\":%s}".formatted(ref));
  }

  private String reports(Request request) {
    List<String> asked = Arrays.asList(query(request).get("msg_ids").split(","));
    return pushes().stream()
        .filter(push -> reached.contains(push.at("/audience/registration_id/0").asText()))
        .map(push -> pushRef(push.path("cid").asText()))
        .filter(asked::contains)
        .map(ref -> "{\"msg_id\":%s,\"jpush_received\":1,\"android_pns_sent\":null}".formatted(ref))
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static String smsRef(String id) {
    return "900619746936498440^" + id.substring(1);
  }

  private static String wechatRef(String id) {
    return Long.toString(FIRST_WECHAT + Long.parseLong(id.substring(1)));
  }

  private static String pushRef(String id) {
    return Long.toString(FIRST_PUSH + Long.parseLong(id.substring(1)));
  }

  /** All requests to a number, in the order of arrival. */
  List<Request> sms(String phone) {
    return world.requests().stream()
        .filter(request -> request.path().startsWith("/ALIYUN_SMS/"))
        .filter(request -> phone.equals(query(request).get("PhoneNumbers")))
        .toList();
  }

  /** All requests about a customer of the service account. */
  List<Request> wechat(String openid) {
    return world.requests().stream()
        .filter(request -> request.path().contains("message/template/send"))
        .filter(request -> Product.read(request.body()).path("touser").asText().equals(openid))
        .toList();
  }

  /** All pushes to a device. */
  List<Request> push(String device) {
    return world.requests().stream()
        .filter(request -> request.path().startsWith("/JPUSH/"))
        .filter(request -> request.body().contains("\"" + device + "\""))
        .toList();
  }

  private List<JsonNode> pushes() {
    return world.requests().stream()
        .filter(request -> request.path().startsWith("/JPUSH/"))
        .map(request -> Product.read(request.body()))
        .toList();
  }

  /** When it came; requests of one address are told apart by nobody. */
  Instant arrivedAt(Request request) {
    return arrivals.get(request.path());
  }

  static Map<String, String> query(Request request) {
    return Arrays.stream(URI.create(request.path()).getRawQuery().split("&"))
        .map(pair -> pair.split("=", 2))
        .collect(
            Collectors.toMap(
                pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
  }

  /** The vendor of SMS says that messages have reached these ids of ours. */
  static HttpResponse<String> smsReceipts(Product product, String secret, String... ids) {
    String body =
        Arrays.stream(ids)
            .map(
                id ->
                    """
                    {"phone_number":"13800138000","send_time":"2026-11-20 18:00:01",\
                    "report_time":"2026-11-20 18:00:03","success":true,"err_code":"DELIVERED",\
                    "err_msg":"用户接收成功","sms_size":"1","biz_id":"%s","out_id":"%s"}\
                    """
                        .formatted(smsRef(id), id))
            .collect(Collectors.joining(",", "[", "]"));
    String path = "/in/aliyun-sms?token=" + (secret == null ? SECRET : secret);
    return product.post(path, body);
  }

  /** The event that ends a template message, signed as the service account signs it. */
  static HttpResponse<String> wechatEvent(Product product, String openid, String id) {
    String timestamp = Long.toString(Instant.now().getEpochSecond());
    String body =
        """
        <xml><ToUserName><![CDATA[gh_1]]></ToUserName><FromUserName><![CDATA[%s]]></FromUserName>
        <CreateTime>%s</CreateTime><MsgType><![CDATA[event]]></MsgType>
        <Event><![CDATA[TEMPLATESENDJOBFINISH]]></Event><MsgID>%s</MsgID>
        <Status><![CDATA[success]]></Status></xml>\
        """
            .formatted(openid, timestamp, wechatRef(id));
    String path =
        "/in/wechat-mp?signature=%s&timestamp=%s&nonce=n1"
            .formatted(Signer.wechatMp(Secret.of(TOKEN), timestamp, "n1"), timestamp);
    return product.post(path, body.getBytes(StandardCharsets.UTF_8), "Content-Type", "text/xml");
  }

  @Override
  public void close() {
    world.close();
  }
}
