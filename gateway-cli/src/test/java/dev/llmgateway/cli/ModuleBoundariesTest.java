package dev.llmgateway.cli;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The arrows of {@code docs/architecture.md}, checked on the compiled classes of every module. */
final class ModuleBoundariesTest {

    private static final String BASE = "dev.llmgateway.";

    /** Without a floor every rule would also hold on an empty class path. Raise it as the code grows. */
    private static final int FEWEST_CLASSES = 600;

    private static final Set<String> PORTS = Set.of("ir", "api");
    private static final Set<String> ADAPTERS =
            Set.of("routing", "providers", "resilience", "compliance", "store", "telemetry");

    /** Module to the modules that it may use; a module's name is the first part of its packages below the base. */
    private static final Map<String, Set<String>> ARROWS = new TreeMap<>(Map.of(
            "ir", Set.of(),
            "api", Set.of("ir"),
            "routing", PORTS,
            "providers", PORTS,
            "resilience", PORTS,
            "compliance", PORTS,
            "store", PORTS,
            "telemetry", PORTS,
            "server", Set.of("ir", "api", "routing", "providers", "resilience", "compliance", "store", "telemetry"),
            "cli",
                    Set.of(
                            "ir",
                            "api",
                            "routing",
                            "providers",
                            "resilience",
                            "compliance",
                            "store",
                            "telemetry",
                            "server")));

    /** Third-party packages that stay behind the modules that wrap them. */
    private static final Map<String, Set<String>> OWNERS = new TreeMap<>(Map.ofEntries(
            entry("okhttp3..", Set.of("providers")),
            entry("io.javalin..", Set.of("server")),
            entry("org.eclipse.jetty..", Set.of("server")),
            entry("org.tomlj..", Set.of("server")),
            entry("org.jdbi..", Set.of("store")),
            entry("org.flywaydb..", Set.of("store")),
            entry("org.postgresql..", Set.of("store")),
            entry("net.sf.jsqlparser..", Set.of("store")),
            entry("com.zaxxer.hikari..", Set.of("store", "server")),
            entry("io.micrometer.core..", Set.of("telemetry", "server")),
            entry("io.micrometer.prometheusmetrics..", Set.of("server")),
            entry("io.opentelemetry.api..", Set.of("telemetry", "server")),
            entry("io.opentelemetry.sdk..", Set.of("server")),
            entry("io.opentelemetry.exporter..", Set.of("server")),
            entry("picocli..", Set.of("cli"))));

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(place -> !place.contains("-tests.jar"))
            .importPackages("dev.llmgateway");

    @Test
    void seesTheClassesOfEveryModule() {
        assertThat(CLASSES.size()).isGreaterThan(FEWEST_CLASSES);
        assertThat(CLASSES.stream().map(ModuleBoundariesTest::module).collect(toSet()))
                .isEqualTo(ARROWS.keySet());
    }

    @Test
    void modulesUseOnlyTheModulesTheyPointTo() {
        assertThat(CLASSES.stream()
                        .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                        .filter(dependency ->
                                dependency.getTargetClass().getName().startsWith(BASE))
                        .filter(ModuleBoundariesTest::leavesTheArrows)
                        .map(Dependency::getDescription))
                .isEmpty();
    }

    @Test
    void thirdPartiesStayBehindTheModuleThatWrapsThem() {
        OWNERS.forEach((thirdParty, owners) -> noClasses()
                .that()
                .resideOutsideOfPackages(
                        owners.stream().map(owner -> BASE + owner + "..").toArray(String[]::new))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(thirdParty)
                .check(CLASSES));
    }

    @Test
    void noPackageSpansTwoModules() {
        Map<String, Set<String>> places = CLASSES.stream()
                .collect(groupingBy(JavaClass::getPackageName, mapping(ModuleBoundariesTest::place, toSet())));

        assertThat(places).allSatisfy((name, homes) -> assertThat(homes).hasSize(1));
    }

    @Test
    void everyPackageIsNullMarked() {
        assertThat(CLASSES.stream()
                        .map(JavaClass::getPackage)
                        .distinct()
                        .filter(javaPackage -> !javaPackage.isAnnotatedWith(NullMarked.class))
                        .map(JavaPackage::getName))
                .isEmpty();
    }

    /** The ports speak in the facade's types, and the facade calls the ports: the two are one unit in two packages. */
    @Test
    void packagesFormNoCycle() {
        slices().matching(BASE + "(**)")
                .should()
                .beFreeOfCycles()
                .ignoreDependency(resideInAPackage(BASE + "api"), resideInAPackage(BASE + "api.spi"))
                .check(CLASSES);
    }

    /**
     * Ports belong to gateway-api. A sealed interface is a closed list of values, not a port; gateway-compliance is
     * also a library of its own, so that its detectors may be implemented by whoever uses it.
     */
    @Test
    void adaptersOwnNoPublicInterface() {
        assertThat(CLASSES.stream()
                        .filter(type ->
                                ADAPTERS.contains(module(type)) && !module(type).equals("compliance"))
                        .filter(type -> type.isInterface() && !type.isAnnotation())
                        .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                        .filter(type -> !type.reflect().isSealed())
                        .map(JavaClass::getName))
                .isEmpty();
    }

    @Test
    void onlyTheCommandLineWritesToTheTerminal() {
        noClasses()
                .that()
                .resideOutsideOfPackage(BASE + "cli..")
                .should(ACCESS_STANDARD_STREAMS)
                .check(CLASSES);
    }

    @Test
    void librariesLogThroughSystemLogger() {
        noClasses()
                .that()
                .resideOutsideOfPackage(BASE + "cli..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.util.logging..", "org.slf4j..", "org.apache.logging..")
                .check(CLASSES);
    }

    @Test
    void staticStateIsFinal() {
        fields().that().areStatic().should().beFinal().allowEmptyShould(true).check(CLASSES);
    }

    private static boolean leavesTheArrows(Dependency dependency) {
        String from = module(dependency.getOriginClass());
        String to = module(dependency.getTargetClass());
        return !from.equals(to) && !ARROWS.getOrDefault(from, Set.of()).contains(to);
    }

    private static String module(JavaClass type) {
        String below = type.getPackageName().substring(BASE.length());
        int dot = below.indexOf('.');
        return dot < 0 ? below : below.substring(0, dot);
    }

    /** The directory or jar that a class comes from. */
    private static String place(JavaClass type) {
        String uri = type.getSource().orElseThrow().getUri().toString();
        return uri.substring(0, uri.length() - (type.getName().length() + ".class".length()));
    }
}
