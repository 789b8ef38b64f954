package io.orderbridge.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static com.tngtech.archunit.library.plantuml.rules.PlantUmlArchCondition.Configuration.consideringOnlyDependenciesInDiagram;
import static com.tngtech.archunit.library.plantuml.rules.PlantUmlArchCondition.adhereToPlantUmlDiagram;
import static io.orderbridge.house.MainClasses.accesses;
import static io.orderbridge.house.MainClasses.calls;
import static io.orderbridge.house.MainClasses.in;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The walls between the packages: docs/architecture.puml is the rule, not a picture of it. */
class ArchitectureTest {
  private static final Path DRAWING = Path.of("docs/architecture.puml");
  private static final Path ROOT = Path.of("src/main/java/io/orderbridge");

  private static final Set<String> BINARY =
      Set.of("double", "float", "java.lang.Double", "java.lang.Float");

  private static final Pattern NETWORK_CLIENT =
      Pattern.compile(
          "(java\\.net\\.http|org\\.apache\\.camel\\.component\\.http|org\\.apache\\.hc"
              + "|io\\.vertx\\.ext\\.web\\.client|jakarta\\.ws\\.rs\\.client)\\..*"
              + "|java\\.net\\.(Http)?URLConnection|java\\.net\\.Socket"
              + "|io\\.vertx\\.core\\.http\\.HttpClient"
              + "|org\\.apache\\.camel\\.(Fluent)?ProducerTemplate");

  @Test
  void packages_use_each_other_only_as_drawn() {
    classes()
        .should(adhereToPlantUmlDiagram(DRAWING, consideringOnlyDependenciesInDiagram()))
        .because("docs/architecture.puml is the wall; draw an arrow only with a decision for it")
        .check(MainClasses.ALL);
  }

  @Test
  void every_package_is_drawn_and_every_drawn_package_exists() {
    Set<String> drawn = new TreeSet<>();
    Pattern.compile("(?m)^\\[(\\w+)] <<io\\.orderbridge\\.\\1\\.\\.>>$")
        .matcher(Tree.text(DRAWING.toString()))
        .results()
        .forEach(component -> drawn.add(component.group(1)));
    Set<String> existing = new TreeSet<>();
    Tree.files(ROOT.toString(), ".java")
        .forEach(file -> existing.add(ROOT.relativize(file).getName(0).toString()));

    assertThat(drawn).as("packages drawn in %s; folders of %s", DRAWING, ROOT).isEqualTo(existing);
  }

  @Test
  void a_package_is_one_flat_folder() {
    assertThat(Tree.files(ROOT.toString(), ".java"))
        .as("what wants a folder of its own is a feature of its own: a package beside the others")
        .allSatisfy(file -> assertThat(ROOT.relativize(file).getNameCount()).isEqualTo(2));
  }

  @Test
  void there_are_no_cycles() {
    slices()
        .matching("io.orderbridge.(*)..")
        .should()
        .beFreeOfCycles()
        .because("two packages that need each other are one, or share a third below them")
        .check(MainClasses.ALL);
  }

  @Test
  void kernel_needs_the_jdk_only() {
    classes()
        .that()
        .resideInAPackage("io.orderbridge.kernel..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("java..", "javax.xml.stream..", "io.orderbridge.kernel..")
        .because("every feature speaks in its values, whatever library it uses itself")
        .check(MainClasses.ALL);
  }

  @Test
  void money_is_never_binary() {
    List<String> wrong = new ArrayList<>();
    MainClasses.ALL.stream()
        .filter(in("kernel", "order").or(ArchitectureTest::countsMoneyInMappings))
        .forEach(type -> collectBinary(type, wrong));
    wrong.addAll(
        accesses(
            type -> true,
            ArchitectureTest::turnsDecimalIntoBinary,
            "keep BigDecimal or Money; a double cannot hold 0.10"));

    assertThat(wrong).isEmpty();
  }

  @Test
  void time_is_an_argument() {
    assertThat(
            accesses(
                in("runtime").negate(),
                ArchitectureTest::readsTheClock,
                "take an Instant now, or the java.time.Clock that runtime provides"))
        .isEmpty();
  }

  @Test
  void no_network_inside_a_transaction() {
    List<String> wrong = new ArrayList<>();
    MainClasses.ALL.stream()
        // The sandbox plays the partners; its tables are theirs.
        .filter(in("sandbox").negate().and(ArchitectureTest::speaksSql))
        .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
        .filter(used -> NETWORK_CLIENT.matcher(used.getTargetClass().getName()).matches())
        .forEach(
            used ->
                wrong.add(
                    used.getDescription()
                        + "; a class that speaks SQL calls nobody: write what is owed in the"
                        + " transaction, another class delivers it after the commit"));

    assertThat(wrong).isEmpty();
  }

  private static void collectBinary(JavaClass type, List<String> wrong) {
    String instead = "; use Money, BigDecimal, or long minor units";
    for (JavaField field : type.getFields()) {
      if (isBinary(field.getRawType())) {
        wrong.add(field.getDescription() + " is binary" + instead);
      }
    }
    for (JavaCodeUnit unit : type.getCodeUnits()) {
      boolean takes = unit.getRawParameterTypes().stream().anyMatch(ArchitectureTest::isBinary);
      if (takes || isBinary(unit.getRawReturnType())) {
        wrong.add(unit.getDescription() + " takes or returns binary" + instead);
      }
    }
  }

  private static boolean isBinary(JavaClass type) {
    return BINARY.contains(type.getBaseComponentType().getName());
  }

  private static boolean countsMoneyInMappings(JavaClass type) {
    return in("mapping").test(type) && type.getName().contains("Money");
  }

  private static boolean turnsDecimalIntoBinary(JavaAccess<?> access) {
    if (!access.getTargetOwner().getName().equals("java.math.BigDecimal")) {
      return false;
    }
    boolean fromBinary =
        access.getTarget() instanceof CodeUnitAccessTarget unit
            && unit.getRawParameterTypes().stream().anyMatch(ArchitectureTest::isBinary);
    return fromBinary || access.getName().matches("doubleValue|floatValue");
  }

  private static boolean readsTheClock(JavaAccess<?> access) {
    String owner = access.getTargetOwner().getName();
    boolean clockGiven = access.getTarget().getDescription().contains("(java.time.Clock)");
    return owner.startsWith("java.time.") && access.getName().equals("now") && !clockGiven
        || owner.equals("java.time.Clock") && access.getName().matches("system.*|tick(?!\\b).*")
        || calls(access, "java.lang.System", "currentTimeMillis")
        || calls(access, "java.util.Calendar", "getInstance")
        || owner.equals("java.util.Date")
            && access.getTarget().getDescription().contains("<init>()");
  }

  /** Holds a connection, or is called while somebody does. */
  private static boolean speaksSql(JavaClass type) {
    Predicate<JavaClass> sql =
        used ->
            used.getPackageName().matches("javax?\\.sql")
                || used.getSimpleName().equals("Transactional");
    return type.getDirectDependenciesFromSelf().stream()
        .anyMatch(used -> sql.test(used.getTargetClass()));
  }
}
