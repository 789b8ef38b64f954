package io.orderbridge.signing;

import static io.orderbridge.signing.Samples.ordered;
import static io.orderbridge.signing.Samples.settings;
import static io.orderbridge.signing.Vectors.message;
import static io.orderbridge.signing.Vectors.utf8;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every known answer comes out of the scheme that is used in earnest. */
@Tag("R50")
@Tag("R51")
@Tag("R52")
@Tag("R53")
@Tag("R71")
@Tag("R72")
@Tag("R73")
class KnownAnswersTest {
  private static final Instant AT_1_700_000_000 = Instant.ofEpochSecond(1_700_000_000L);
  private static final String NONCE = "nonce-1";

  /** What our scheme makes of the vector. */
  private interface Answer {
    String of(Vectors.Vector vector) throws Exception;
  }

  private static final Map<String, Answer> ANSWERS =
      Map.ofEntries(
          entry("shopify.webhook", v -> Signer.shopify(Secret.of(v.key()), utf8(v.input()))),
          entry("top.md5", v -> top("top-md5", v)),
          entry("top.hmac", v -> top("top-hmac", v)),
          entry("top.hmac-sha256", v -> top("top-hmac-sha256", v)),
          entry("jd.md5", KnownAnswersTest::jd),
          entry("pdd.md5", KnownAnswersTest::pdd),
          entry("wechatpay.aead", v -> aead(v, "uluk4a9R25RW", "associatedData")),
          entry("wechatpay.request.sign", KnownAnswersTest::wechatRequest),
          entry("alipay.request.sign", KnownAnswersTest::alipayRequest),
          entry("alipay.notify.sign", KnownAnswersTest::alipayNotify),
          entry("alipay.response.sign", KnownAnswersTest::alipayAnswer),
          entry("stripe.webhook", KnownAnswersTest::stripe),
          entry("qimen.md5", KnownAnswersTest::qimen),
          entry("jushuitan.md5", KnownAnswersTest::jushuitan),
          entry("wangdian.flagship.md5", KnownAnswersTest::wangdianFlagship),
          entry("wangdian.enterprise.md5", v -> wangdianEnterprise(v, null)),
          entry("wangdian.enterprise.md5.cjk", v -> wangdianEnterprise(v, "旗舰店01")),
          entry("cainiao.digest", KnownAnswersTest::cainiao),
          entry("sf.msgDigest", KnownAnswersTest::sf),
          entry("kuaidi100.query", KnownAnswersTest::kuaidi100),
          entry("kuaidi100.push", v -> Signer.kuaidi100(Secret.of(v.key()), v.input())),
          entry("17track.push", v -> Signer.track17(Secret.of(v.key()), utf8(v.input()))),
          entry("kingdee.appsecret.decode", v -> KingdeeSigner.apiSecret(v.input()).orElseThrow()),
          entry("kingdee.X-Api-Signature", v -> kingdee("X-Api-Signature", "any")),
          entry("kingdee.X-Kd-Signature", v -> kingdee("X-Kd-Signature", v.key())),
          entry("yonyou.token.sign", KnownAnswersTest::yonyou),
          entry("aliyun.acs3", KnownAnswersTest::aliyun),
          entry("aliyun.acs3.sendsms", KnownAnswersTest::aliyunSms),
          entry("tencent.tc3", KnownAnswersTest::tencent),
          entry("dingtalk.robot", KnownAnswersTest::dingtalk),
          entry("feishu.robot", KnownAnswersTest::feishu),
          entry("wechat.mp.callback", KnownAnswersTest::wechatMp),
          entry("jpush.basic", KnownAnswersTest::jpush),
          entry("wechatpay.notify.aead", v -> aead(v, "fdasflkja484", "transaction")),
          entry("wechatpay.notify.sign", KnownAnswersTest::wechatNotify),
          entry("standard-webhooks.v1", KnownAnswersTest::standardWebhooks));

  static Stream<String> vectors() {
    return Vectors.names().stream();
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void a_known_answer_is_reproduced(String name) throws Exception {
    assertThat(ANSWERS).as("add vector %s to this test", name).containsKey(name);
    Vectors.Vector vector = Vectors.of(name);

    assertThat(ANSWERS.get(name).of(vector)).isEqualTo(vector.expected());
  }

  @Test
  void every_vector_is_named_once() {
    assertThat(Vectors.names()).doesNotHaveDuplicates().hasSameSizeAs(ANSWERS.keySet());
  }

  private static String top(String scheme, Vectors.Vector vector) {
    SignableRequest request =
        Samples.form(
            Map.of(
                "method",
                "taobao.item.seller.get",
                "fields",
                "num_iid,title,nick,price,num",
                "num_iid",
                "11223344",
                "dropped",
                ""));
    return RequestSigners.of(settings(scheme, "key", "12345678", "secret", vector.key()))
        .sign(request, "test", Instant.parse("2016-01-01T04:00:00Z"), NONCE)
        .form()
        .get("sign");
  }

  private static String jd(Vectors.Vector vector) {
    String param = vector.input().substring("360buy_param_json".length()).split("access_token")[0];
    Map<String, String> settings =
        settings(
            "jd-md5",
            "key",
            "yourappkey",
            "secret",
            vector.key(),
            "timestamp-pattern",
            "yyyy-MM-dd HH:mm:ss.SSSxx");
    SignableRequest request =
        Samples.form(Map.of("360buy_param_json", param, "method", "jingdong.pop.order.search"));
    return RequestSigners.of(settings)
        .sign(request, "yourtoken", Instant.parse("2021-05-07T01:20:39.683Z"), NONCE)
        .form()
        .get("sign");
  }

  private static String pdd(Vectors.Vector vector) {
    SignableRequest request =
        Samples.form(
            Map.of(
                "type", "pdd.order.number.list.get",
                "data_type", "XML",
                "order_status", "1",
                "page", "1",
                "page_size", "10"));
    return RequestSigners.of(settings("pdd-md5", "key", "1", "secret", vector.key()))
        .sign(request, "asd78172s8ds9a921j9qqwda12312w1w21211", at(1_480_411_125L), NONCE)
        .form()
        .get("sign");
  }

  private static String jushuitan(Vectors.Vector vector) {
    SignableRequest request = Samples.form(Map.of("biz", "{\"page_index\":1,\"page_size\":50}"));
    return RequestSigners.of(settings("jushuitan-md5", "key", "ak", "secret", vector.key()))
        .sign(request, "tk", AT_1_700_000_000, NONCE)
        .form()
        .get("sign");
  }

  private static String qimen(Vectors.Vector vector) {
    Map<String, String> settings =
        settings(
            "qimen-md5",
            "key",
            "testerp_appkey",
            "secret",
            vector.key(),
            "customer-id",
            "stub-cust-code");
    SignableRequest request =
        Samples.body(vector.input().substring(vector.input().indexOf("<?xml")))
            .withQuery("method", "taobao.qimen.order.cancel");
    return RequestSigners.of(settings)
        .sign(request, null, Instant.parse("2015-04-25T16:00:07Z"), NONCE)
        .query()
        .get("sign");
  }

  private static String wangdianFlagship(Vectors.Vector vector) {
    String body = vector.input().substring("body".length(), vector.input().indexOf(']') + 1);
    SignableRequest request =
        Samples.body(body)
            .withQuery("method", "sales.TradeQuery.queryWithDetail")
            .withQuery("page_no", "0")
            .withQuery("page_size", "50")
            .withQuery("calc_total", "1");
    return RequestSigners.of(
            settings(
                "wangdian-flagship", "sid", "wdtapi3", "key", "ak", "secret", vector.key() + ":cc"))
        .sign(request, null, AT_1_700_000_000, NONCE)
        .query()
        .get("sign");
  }

  private static String wangdianEnterprise(Vectors.Vector vector, String shop) {
    Map<String, String> fields = new HashMap<>(Map.of("page_no", "0"));
    if (shop != null) {
      fields.put("shop_no", shop);
    }
    return RequestSigners.of(
            settings(
                "wangdian-enterprise", "sid", "apidevnew2", "key", "ak", "secret", vector.key()))
        .sign(Samples.form(fields), null, AT_1_700_000_000, NONCE)
        .form()
        .get("sign");
  }

  private static String cainiao(Vectors.Vector vector) {
    String digest =
        RequestSigners.of(settings("cainiao", "provider-id", "p", "secret", vector.key()))
            .sign(Samples.form(Map.of("logistics_interface", vector.input())), null, at(0), NONCE)
            .form()
            .get("data_digest");
    assertThat(Signer.cainiao(Secret.of(vector.key()), vector.input())).isEqualTo(digest);
    return digest;
  }

  private static String sf(Vectors.Vector vector) {
    String[] parts = vector.input().split(" ts ");
    return RequestSigners.of(settings("sf", "partner-id", "p", "check-word", vector.key()))
        .sign(
            Samples.form(Map.of("msgData", parts[0])),
            null,
            Instant.ofEpochMilli(Long.parseLong(parts[1])),
            NONCE)
        .form()
        .get("msgDigest");
  }

  private static String kuaidi100(Vectors.Vector vector) {
    return RequestSigners.of(settings("kuaidi100-query", "key", "KEY", "customer", "CUST"))
        .sign(Samples.form(Map.of("param", vector.input())), null, at(0), NONCE)
        .form()
        .get("sign");
  }

  private static String kingdee(String header, String secret) {
    Map<String, String> settings =
        settings(
            "kingdee",
            "app-id",
            "123456_YWJjZGVmZ2hpamtsbW5vcHFyc3R1dnd4",
            "app-secret",
            secret,
            "acct-id",
            "dcid-1",
            "user",
            "user-1",
            "org",
            "100");
    SignableRequest request =
        new SignableRequest(
            "POST",
            "https://erp.example/K3Cloud/Kingdee.BOS.WebApi.ServicesStub"
                + ".DynamicFormService.ExecuteBillQuery.common.kdsvc",
            Map.of(),
            Map.of(),
            null,
            utf8("{}"));
    return RequestSigners.of(settings)
        .sign(request, null, AT_1_700_000_000, "1700000000")
        .header(header);
  }

  private static String yonyou(Vectors.Vector vector) {
    Map<String, String> settings =
        settings(
            "yonyou-token", "key", "fbb5f5b6-21fb-4156-8b73-3ec3ac389ab7", "secret", vector.key());
    String target =
        RequestSigners.of(settings)
            .sign(Samples.query(), null, Instant.ofEpochMilli(1_547_192_727_928L), NONCE)
            .target();
    return inQuery("signature", target);
  }

  private static String aliyun(Vectors.Vector vector) {
    SignableRequest request =
        cloud("https://ecs.cn-shanghai.aliyuncs.com/", "")
            .withQuery("RegionId", "cn-shanghai")
            .withQuery("ImageId", "win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd");
    return aliyun(
        vector,
        request,
        "RunInstances 2014-05-26 2023-10-26T10:22:32Z 3156853299f313e23d1673dc12e1703d");
  }

  private static String aliyunSms(Vectors.Vector vector) {
    SignableRequest request =
        cloud("https://dysmsapi.aliyuncs.com/", "")
            .withQuery("TemplateParam", "{\"code\":\"1234\"}")
            .withQuery("TemplateCode", "SMS_1")
            .withQuery("SignName", "阿里云")
            .withQuery("PhoneNumbers", "13800138000");
    return aliyun(vector, request, "SendSms 2017-05-25 2026-11-20T02:00:00Z nonce-1");
  }

  private static String aliyun(Vectors.Vector vector, SignableRequest request, String call) {
    String[] words = call.split(" ");
    Map<String, String> settings =
        settings(
            "aliyun-acs3",
            "key",
            "k",
            "secret",
            vector.key(),
            "action",
            words[0],
            "version",
            words[1]);
    return RequestSigners.of(settings)
        .sign(request, null, Instant.parse(words[2]), words[3])
        .header("Authorization")
        .split("Signature=")[1];
  }

  private static String tencent(Vectors.Vector vector) {
    // The body of the document's example, found by its hash in the vector.
    String body =
        "{\"Limit\": 1, \"Filters\": [{\"Values\": [\"\\u672a\\u547d\\u540d\"],"
            + " \"Name\": \"instance-name\"}]}";
    SignableRequest request =
        cloud("https://cvm.tencentcloudapi.com/", body)
            .withHeader("X-TC-Action", "DescribeInstances")
            .withHeader("X-TC-Version", "2017-03-12");
    return RequestSigners.of(
            settings("tencent-tc3", "key", "k", "secret", vector.key(), "service", "cvm"))
        .sign(request, null, at(1_551_113_065L), NONCE)
        .header("Authorization")
        .split("Signature=")[1];
  }

  private static String dingtalk(Vectors.Vector vector) {
    return inQuery(
        "sign",
        RequestSigners.of(settings("dingtalk", "secret", vector.key()))
            .sign(Samples.body("{}"), null, AT_1_700_000_000, NONCE)
            .target());
  }

  private static String feishu(Vectors.Vector vector) throws IOException {
    String[] parts = vector.key().split("\\\\n");
    byte[] body =
        RequestSigners.of(settings("feishu", "secret", parts[1]))
            .sign(Samples.body("{\"a\":1}"), null, at(Long.parseLong(parts[0])), NONCE)
            .body();
    return new ObjectMapper().readTree(body).get("sign").asText();
  }

  private static String jpush(Vectors.Vector vector) {
    String[] parts = vector.input().split(":");
    return RequestSigners.of(settings("jpush-basic", "key", parts[0], "secret", parts[1]))
        .sign(Samples.body("{}"), null, at(0), NONCE)
        .header("Authorization")
        .substring("Basic ".length());
  }

  private static String wechatRequest(Vectors.Vector vector) {
    SignableRequest request =
        new SignableRequest(
            "GET",
            "https://api.mch.weixin.qq.com/v3/bill/tradebill",
            ordered("bill_date", "2026-11-20", "bill_type", "ALL"),
            Map.of(),
            null,
            new byte[0]);
    Map<String, String> settings = settings("wechat-pay", "mchid", "m", "serial", "s");
    settings.putAll(Map.of("private-key", Vectors.PRIVATE_PEM, "answers", "unsigned"));
    String authorization =
        RequestSigners.of(settings)
            .sign(request, null, AT_1_700_000_000, vector.input().split("\n")[3])
            .header("Authorization");
    Matcher signature = Pattern.compile("signature=\"([^\"]+)\"$").matcher(authorization);
    assertThat(signature.find()).isTrue();
    return signature.group(1);
  }

  private static String alipayRequest(Vectors.Vector vector) {
    String bare = Vectors.PRIVATE_PEM.replaceAll("-----[A-Z ]+-----|\\s", "");
    Map<String, String> settings =
        settings("alipay-rsa2", "app-id", "2014072300007148", "private-key", bare);
    settings.put("answers", "unsigned");
    return RequestSigners.of(settings)
        .sign(
            Samples.form(
                Map.of(
                    "method",
                    "alipay.trade.query",
                    "biz_content",
                    "{\"out_trade_no\":\"SO20261120001\"}")),
            null,
            Instant.parse("2026-11-20T02:00:00Z"),
            NONCE)
        .form()
        .get("sign");
  }

  private static String alipayNotify(Vectors.Vector vector) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (String pair : vector.input().split("&")) {
      fields.put(pair.split("=")[0], pair.split("=")[1]);
    }
    String sign = Signer.alipayNotify(Vectors.PRIVATE_PEM, fields);
    fields.put("sign", vector.expected());
    fields.put("sign_type", "RSA2");
    SignatureScheme scheme =
        SignatureSchemes.of(
            "alipay", new SigningSettings(List.of(), Map.of("a", Vectors.PUBLIC_PEM), null, null));
    assertThat(
            scheme.verify(message(Map.of(), SignableRequest.encodedForm(fields)), at(0)).genuine())
        .isTrue();
    return sign;
  }

  private static String alipayAnswer(Vectors.Vector vector) {
    String answer =
        "{\"alipay_trade_query_response\":%s,\"sign\":\"%s\"}"
            .formatted(vector.input(), vector.expected());
    AlipayAnswer check = new AlipayAnswer(PartnerKey.parse("a", Vectors.PUBLIC_PEM));
    assertThat(check.verify(utf8(answer), at(0))).isEqualTo(Verdict.GENUINE);
    return Signer.alipayAnswer(Vectors.PRIVATE_PEM, vector.input());
  }

  private static String stripe(Vectors.Vector vector) {
    String[] parts = vector.input().split("\\.", 2);
    return Signer.stripe(Secret.of(vector.key()), at(Long.parseLong(parts[0])), utf8(parts[1]))
        .split("v1=")[1];
  }

  private static String wechatMp(Vectors.Vector vector) {
    String[] parts = vector.input().split(" ");
    return Signer.wechatMp(Secret.of(vector.key()), parts[0], parts[1]);
  }

  private static String aead(Vectors.Vector vector, String nonce, String associated)
      throws Exception {
    byte[] sealed =
        AesGcm.apply(
            Cipher.ENCRYPT_MODE,
            Secret.of(vector.key()),
            utf8(nonce),
            associated,
            utf8(vector.input()));
    return StrictBase64.encode(sealed);
  }

  private static String wechatNotify(Vectors.Vector vector) {
    String[] lines = vector.input().split("\n", 3);
    byte[] body = utf8(lines[2].substring(0, lines[2].length() - 1));
    return Signer.wechatPay(Vectors.PRIVATE_PEM, AT_1_700_000_000, lines[1], body);
  }

  private static String standardWebhooks(Vectors.Vector vector) {
    String[] parts = vector.input().split("\\.", 3);
    return Signer.standardWebhooks(
        Secret.of(vector.key()), parts[0], at(Long.parseLong(parts[1])), utf8(parts[2]));
  }

  private static String inQuery(String name, String target) {
    return Stream.of(target.split("[?&]"))
        .filter(pair -> pair.startsWith(name + "="))
        .map(pair -> pair.substring(name.length() + 1))
        .findFirst()
        .orElseThrow();
  }

  private static SignableRequest cloud(String url, String body) {
    return new SignableRequest("POST", url, Map.of(), Map.of(), null, utf8(body));
  }

  private static Instant at(long seconds) {
    return Instant.ofEpochSecond(seconds);
  }
}
