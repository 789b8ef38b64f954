package io.orderbridge.house;

import static io.orderbridge.house.MainClasses.accesses;
import static io.orderbridge.house.MainClasses.calls;
import static io.orderbridge.house.MainClasses.in;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.Timer;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What no class may do, because it would open a door, or break the native image. */
class SafetyTest {
  private static final Predicate<JavaClass> ANY = type -> true;

  // Classes are initialised when the native image is built: what a static field starts or draws
  // there would be the same in every process that ever runs.
  private static final List<Class<?>> NEVER_STATIC =
      List.of(Random.class, Thread.class, Executor.class, Timer.class, HttpClient.class);

  private static final Set<String> INJECTING =
      Set.of("Inject", "ConfigProperty", "Resource", "PersistenceContext", "RestClient");

  private static final Pattern OBJECT_STREAM =
      Pattern.compile("java\\.io\\.Object(In|Out)putStream|java\\.rmi\\..*|java\\.beans\\.XML.*");

  private static final Pattern OTHER_LOGGER =
      Pattern.compile(
          "(java\\.util\\.logging|org\\.slf4j|org\\.apache\\.commons\\.logging)\\.Log(ger)?");

  @Test
  void macs_are_compared_in_constant_time() {
    assertThat(
            accesses(
                in("signing"),
                access ->
                    calls(access, "java.util.Arrays", "equals", "compare", "mismatch")
                        || calls(access, "java.util.Objects", "equals", "deepEquals"),
                "compare with MessageDigest.isEqual; the time of an early exit tells the MAC"))
        .isEmpty();
  }

  @Test
  void a_class_that_checks_a_mac_compares_it_with_isEqual() {
    List<String> wrong =
        MainClasses.ALL.stream()
            .filter(in("signing"))
            .filter(type -> reaches(type, a -> calls(a, "javax.crypto.Mac", "doFinal")))
            .filter(type -> !reaches(type, a -> calls(a, "java.security.MessageDigest", "isEqual")))
            // Compared by String.equals, or handed out to be compared by somebody else.
            .map(
                type -> type.getName() + " makes a MAC; check it there, with MessageDigest.isEqual")
            .toList();
    assertThat(wrong).isEmpty();
  }

  @Test
  void signatures_and_ciphers_stay_in_signing() {
    assertThat(
            accesses(
                in("signing", "sandbox").negate(),
                access ->
                    access
                        .getTargetOwner()
                        .getName()
                        .matches("javax\\.crypto\\.(Mac|Cipher)|java\\.security\\.Signature"),
                "move it into a class of package signing, with the partner's own example as test"))
        .isEmpty();
  }

  @Test
  void nothing_is_read_as_java_objects() {
    List<String> wrong =
        MainClasses.ALL.stream()
            .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
            .filter(used -> OBJECT_STREAM.matcher(used.getTargetClass().getName()).matches())
            .map(
                used -> used.getDescription() + "; bytes could choose the class: use JSON, records")
            .toList();
    assertThat(wrong).isEmpty();
    assertThat(
            accesses(
                ANY,
                access -> access.getName().matches("(activate|enable)DefaultTyping.*"),
                "JSON could choose the class; name the types, @JsonSubTypes at most"))
        .isEmpty();
  }

  @Test
  void tls_is_checked_always() {
    List<String> wrong =
        MainClasses.ALL.stream()
            .filter(
                type ->
                    type.isAssignableTo("javax.net.ssl.TrustManager")
                        || type.isAssignableTo("javax.net.ssl.HostnameVerifier"))
            .map(type -> type.getName() + " decides whom to trust; configure a trust store instead")
            .toList();
    assertThat(wrong).isEmpty();
    assertThat(
            accesses(
                ANY,
                access -> access.getTargetOwner().getSimpleName().equals("NoopHostnameVerifier"),
                "an unchecked host is anybody; configure a trust store"))
        .isEmpty();
  }

  @Test
  void nothing_starts_or_draws_in_a_static_field() {
    List<String> wrong =
        MainClasses.ALL.stream()
            .flatMap(type -> type.getFields().stream())
            .filter(field -> field.getModifiers().contains(JavaModifier.STATIC))
            .filter(SafetyTest::neverStatic)
            .map(f -> f.getDescription() + " is static; make it a final field of who needs it")
            .toList();
    assertThat(wrong).isEmpty();
  }

  @Test
  void a_static_initialiser_reads_nothing_of_the_machine() {
    assertThat(
            accesses(
                ANY,
                access ->
                    access.getOrigin().getName().equals("<clinit>")
                        && (calls(access, "java.lang.System", "getenv", "getProperty", "nanoTime")
                            || calls(access, "java.util.UUID", "randomUUID")),
                "it runs while the native image is built; read it in a constructor"))
        .isEmpty();
  }

  @Test
  void what_a_class_needs_comes_through_its_constructor() {
    List<String> wrong =
        MainClasses.ALL.stream()
            .flatMap(type -> type.getFields().stream())
            .filter(SafetyTest::injected)
            .map(f -> f.getDescription() + " is injected; take it in the constructor, final")
            .toList();
    assertThat(wrong).isEmpty();
  }

  @Test
  void only_commands_print() {
    assertThat(
            accesses(
                in("runtime", "sandbox").negate(),
                access ->
                    calls(access, "java.lang.System", "out", "err")
                        || access.getName().equals("printStackTrace"),
                "log one event: noun.verb key=value"))
        .isEmpty();
  }

  @Test
  void one_logger_for_all() {
    List<String> wrong =
        MainClasses.ALL.stream()
            .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
            .filter(used -> OTHER_LOGGER.matcher(used.getTargetClass().getName()).matches())
            .map(used -> used.getDescription() + "; use org.jboss.logging.Logger")
            .toList();
    assertThat(wrong).isEmpty();
  }

  private static boolean reaches(JavaClass type, Predicate<JavaAccess<?>> target) {
    return type.getAccessesFromSelf().stream().anyMatch(target);
  }

  private static boolean neverStatic(JavaField field) {
    return NEVER_STATIC.stream().anyMatch(type -> field.getRawType().isAssignableTo(type));
  }

  private static boolean injected(JavaField field) {
    return field.getAnnotations().stream()
        .anyMatch(annotation -> INJECTING.contains(annotation.getRawType().getSimpleName()));
  }
}
