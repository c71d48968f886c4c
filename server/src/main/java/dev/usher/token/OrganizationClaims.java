package dev.usher.token;

import dev.usher.base.Json;
import dev.usher.instance.Settings;
import dev.usher.organization.ActiveOrganization;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/** What a session token says of the active organization, of features and of plans. */
final class OrganizationClaims {
    private static final String PREFIX = "org:";
    private static final String SYSTEM_PREFIX = "org:sys_";
    /** A custom permission; a comma would be read as the end of a list's element. */
    private static final Pattern PERMISSION = Pattern.compile("org:([^:,\\s]+):([^,\\s]+)");

    private OrganizationClaims() {}

    static void putVersion1(ObjectNode claims, ActiveOrganization active) {
        claims.put("org_id", active.id());
        claims.set("org_permissions", Json.texts(custom(active)));
        claims.put("org_role", active.role());
        active.slug().ifPresent(slug -> claims.put("org_slug", slug));
    }

    /** Puts {@code fea}, {@code o} and {@code pla}, each where there is something to say. */
    static void putVersion2(
            ObjectNode claims, Optional<ActiveOrganization> organization, Settings.Entitlements entitlements) {
        Map<String, Set<String>> granted =
                organization.map(active -> grantedByFeature(custom(active))).orElse(Map.of());
        Set<String> features = new LinkedHashSet<>();
        if (organization.isPresent()) features.addAll(entitlements.organizationFeatures());
        features.addAll(granted.keySet());
        putIfAny(claims, "fea", scopedFeatures(features, entitlements.userFeatures()));
        organization.ifPresent(active -> claims.set("o", organization(active, features, granted)));
        List<String> plans = new ArrayList<>();
        entitlements.userPlan().ifPresent(plan -> plans.add("u:" + plan));
        if (organization.isPresent()) entitlements.organizationPlan().ifPresent(plan -> plans.add("o:" + plan));
        putIfAny(claims, "pla", plans);
    }

    /** The member's custom permissions; the system's are in no token. */
    static List<String> custom(ActiveOrganization active) {
        return active.permissions().stream()
                .filter(key -> !key.startsWith(SYSTEM_PREFIX))
                .toList();
    }

    /** The actions that are granted, by their feature. */
    private static Map<String, Set<String>> grantedByFeature(List<String> permissions) {
        Map<String, Set<String>> byFeature = new LinkedHashMap<>();
        for (String permission : permissions) {
            Matcher match = PERMISSION.matcher(permission);
            if (match.matches())
                byFeature
                        .computeIfAbsent(match.group(1), feature -> new LinkedHashSet<>())
                        .add(match.group(2));
        }
        return byFeature;
    }

    /** Organizations' features first: their order is what {@code fpm} counts by. */
    private static List<String> scopedFeatures(Set<String> ofOrganization, List<String> ofUser) {
        List<String> scoped = new ArrayList<>();
        ofOrganization.forEach(feature -> scoped.add((ofUser.contains(feature) ? "uo:" : "o:") + feature));
        ofUser.stream()
                .filter(feature -> !ofOrganization.contains(feature))
                .forEach(feature -> scoped.add("u:" + feature));
        return scoped;
    }

    private static ObjectNode organization(
            ActiveOrganization active, Set<String> features, Map<String, Set<String>> granted) {
        ObjectNode json = Json.object().put("id", active.id());
        active.slug().ifPresent(slug -> json.put("slg", slug));
        json.put("rol", active.role().startsWith(PREFIX) ? active.role().substring(PREFIX.length()) : active.role());
        if (granted.isEmpty()) return json;
        List<String> actions = granted.values().stream()
                .flatMap(Collection::stream)
                .distinct()
                .sorted()
                .toList();
        json.put("per", String.join(",", actions));
        return json.put(
                "fpm",
                features.stream()
                        .map(feature -> mask(granted.getOrDefault(feature, Set.of()), actions))
                        .collect(Collectors.joining(",")));
    }

    /** One bit for each action, the first one the lowest. */
    private static String mask(Set<String> granted, List<String> actions) {
        BigInteger mask = BigInteger.ZERO;
        for (int i = 0; i < actions.size(); i++) if (granted.contains(actions.get(i))) mask = mask.setBit(i);
        return mask.toString();
    }

    private static void putIfAny(ObjectNode claims, String name, List<String> elements) {
        if (!elements.isEmpty()) claims.put(name, String.join(",", elements));
    }
}
