package io.orderbridge.signing;

import static io.orderbridge.signing.Vectors.utf8;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** For every request scheme some settings and a request that it can sign. */
final class Samples {
  static final String SECRET = "0123456789-secret-secret-0123456";
  static final String URL = "https://partner.example/router/rest";

  private Samples() {}

  /**
   * @param secretSetting the setting that a wrong secret is tried in
   */
  record Sample(Map<String, String> settings, SignableRequest request, String secretSetting) {
    String scheme() {
      return settings.get("scheme");
    }

    @Override
    public String toString() {
      return scheme();
    }
  }

  static List<Sample> all() {
    SignableRequest form = form(Map.of("method", "m", "param", "{\"a\":1.50}", "fields", "旗舰店"));
    SignableRequest json = body("{\"a\":\"旗舰店\"}");
    SignableRequest cloud = json.withHeader("Content-Type", "application/json");
    return List.of(
        sample("top-md5", form, "secret", "key", "k1"),
        sample("top-hmac", form, "secret", "key", "k1"),
        sample("top-hmac-sha256", form, "secret", "key", "k1"),
        sample("jd-md5", form, "secret", "key", "k1"),
        sample("pdd-md5", form, "secret", "key", "k1", "version", "V1"),
        sample("jushuitan-md5", form, "secret", "key", "k1"),
        sample(
            "qimen-md5", json.withQuery("method", "m"), "secret", "key", "k", "customer-id", "c"),
        sample("wangdian-flagship", json.withQuery("z", "1"), "secret", "sid", "s", "key", "k1"),
        sample("wangdian-enterprise", form, "secret", "sid", "s", "key", "k1"),
        sample(
            "cainiao",
            form(Map.of("logistics_interface", "<a/>", "msg_type", "M")),
            "secret",
            "provider-id",
            "p",
            "to-code",
            "t"),
        sample("sf", form(Map.of("msgData", "{\"a\": 1}")), "check-word", "partner-id", "p"),
        sample("kuaidi100-query", form, "key", "customer", "c1"),
        sample("kuaidi100-poll", form, "key", "salt", SECRET, "callback-url", "https://o.example"),
        wechatPay(json),
        alipay(form),
        sample("kingdee", json, "app-secret", "app-id", "1_YWJj", "acct-id", "a", "user", "u"),
        sample("yonyou-token", query("k", "v"), "secret", "key", "k1"),
        sample("aliyun-acs3", cloud, "secret", "key", "k1", "action", "A", "version", "1"),
        sample(
            "tencent-tc3",
            cloud,
            "secret",
            "key",
            "k",
            "service",
            "s",
            "action",
            "A",
            "version",
            "1"),
        sample("dingtalk", json, "secret", "access-token", SECRET),
        sample("feishu", json, "secret"),
        sample("hmac-sha256", json, "secret", "header", "X-Sign", "encoding", "base64"),
        sample("shopify-token", json, "access-token"),
        sample("stripe-key", form, "key", "version", "2026-07-29.dahlia"),
        sample("17track", json, "key"),
        sample("jpush-basic", json, "secret", "key", "k1"),
        sample("basic", json, "password", "user", "u1"),
        jwt(form),
        sample("bearer", json, "value"),
        sample("header", json, "value", "name", "X-Key", "prefix", "token "),
        sample("query", json, "value", "name", "key"),
        sample("erpnext-token", json, "secret", "key", "k1"));
  }

  private static Sample wechatPay(SignableRequest request) {
    return new Sample(
        Map.of(
            "scheme",
            "wechat-pay",
            "mchid",
            "1900000109",
            "serial",
            "S1",
            "private-key",
            Vectors.PRIVATE_PEM,
            "platform-serial",
            Vectors.SERIAL,
            "platform-key",
            Vectors.PUBLIC_PEM),
        request.withQuery("bill_date", "2026-11-20"),
        "private-key");
  }

  private static Sample alipay(SignableRequest request) {
    return new Sample(
        Map.of(
            "scheme",
            "alipay-rsa2",
            "app-id",
            "2014072300007148",
            "private-key",
            Vectors.PRIVATE_PEM,
            "platform-key",
            Vectors.PUBLIC_PEM),
        request,
        "private-key");
  }

  private static Sample jwt(SignableRequest request) {
    return new Sample(
        Map.of(
            "scheme",
            "jwt-bearer",
            "issuer",
            "push@example.com",
            "audience",
            "https://oauth.example/token",
            "scope",
            "push",
            "private-key",
            Vectors.PRIVATE_PEM),
        request,
        "private-key");
  }

  private static Sample sample(
      String scheme, SignableRequest request, String secretSetting, String... settings) {
    Map<String, String> all = settings(scheme, settings);
    all.put(secretSetting, scheme.equals("wangdian-flagship") ? SECRET + ":cc" : SECRET);
    return new Sample(all, request, secretSetting);
  }

  static SignableRequest form(Map<String, String> fields) {
    return new SignableRequest("POST", URL, Map.of(), Map.of(), fields, new byte[0]);
  }

  static SignableRequest body(String body) {
    return new SignableRequest("POST", URL, Map.of(), Map.of(), null, utf8(body));
  }

  static SignableRequest query(String... pairs) {
    SignableRequest request =
        new SignableRequest("GET", URL, Map.of(), Map.of(), null, new byte[0]);
    for (int i = 0; i < pairs.length; i += 2) {
      request = request.withQuery(pairs[i], pairs[i + 1]);
    }
    return request;
  }

  static Map<String, String> settings(String scheme, String... pairs) {
    Map<String, String> settings = ordered(pairs);
    settings.put("scheme", scheme);
    return settings;
  }

  static Map<String, String> ordered(String... pairs) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      texts.put(pairs[i], pairs[i + 1]);
    }
    return texts;
  }
}
