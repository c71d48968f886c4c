package dev.usher.app;

import dev.usher.base.Secret;
import dev.usher.delivery.Sender;
import dev.usher.delivery.SmtpMailer;
import dev.usher.http.Origins;
import dev.usher.instance.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Makes the configuration of a file and the environment, or says everything that is wrong with them. */
final class ConfigReader {
    private static final String CLOSE_OLDEST = "close-oldest";
    private static final String REFUSE_NEWEST = "refuse-newest";
    private static final Duration YEARS = Settings.Lifetimes.LONGEST;

    private final ConfigValues values;
    private final boolean isDevelopment;

    private ConfigReader(ConfigValues values, boolean isDevelopment) {
        this.values = values;
        this.isDevelopment = isDevelopment;
    }

    /** The configuration is wrong; each fault is one line. */
    static final class Faulty extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient List<String> faults;

        Faulty(List<String> faults) {
            super(String.join("; ", faults));
            this.faults = faults;
        }

        List<String> faults() {
            return faults;
        }
    }

    static Config read(Optional<Path> file, boolean isDevelopment, Map<String, String> environment) {
        ConfigValues values = ConfigValues.read(file, environment);
        Config config = new ConfigReader(values, isDevelopment).config();
        List<String> faults = values.faults();
        if (!faults.isEmpty()) throw new Faulty(faults);
        return config;
    }

    private Config config() {
        Optional<String> url = values.instances() == 0 ? publicUrl() : origin("public-url");
        Config.StoreConfig store = new StoreConfigReader(values).read();
        Path data = Path.of(values.text("data", "./usher-data"));
        List<Config.InstanceConfig> declared = instances(url);
        return new Config(
                isDevelopment,
                values.text("listen.host", "127.0.0.1"),
                values.number("listen.port", 4400, 0, 65_535),
                url,
                store.postgres().isPresent() ? Optional.empty() : Optional.of(data),
                masterKey(store),
                declared.getFirst(),
                mail(),
                sms(),
                hashing(),
                store,
                log(),
                values.effective(),
                declared.subList(1, declared.size()),
                new ListenReader(values).read(),
                new WebhookReader(values).read(),
                new ObserveConfigReader(values).read());
    }

    /** The one under {@code instance}, or those of the list {@code instances}. */
    private List<Config.InstanceConfig> instances(Optional<String> url) {
        int count = values.instances();
        if (count == 0) return List.of(instance(url));
        List<Config.InstanceConfig> declared = IntStream.range(0, count)
                .mapToObj(index -> listed(values.ofInstance(index)))
                .toList();
        requireDistinct(declared.stream().map(Config.InstanceConfig::name).toList(), "name");
        requireDistinct(
                declared.stream().flatMap(one -> one.frontendApiHost().stream()).toList(), "frontend-api-host");
        return declared;
    }

    private Config.InstanceConfig listed(ConfigValues own) {
        String environment = own.text("instance.environment", isDevelopment ? "development" : "production");
        if (!environment.matches("development|production"))
            own.fault("instance.environment: must be development or production, not " + environment);
        ConfigReader reader = new ConfigReader(own, environment.equals("development"));
        Optional<String> url = reader.origin("instance.public-url");
        Config.InstanceConfig instance = reader.instance(url);
        boolean hasUrl = url.isPresent() || instance.isDevelopment();
        return hasUrl
                ? instance
                : instance.reachedUnder("https://" + instance.frontendApiHost().orElse("localhost"));
    }

    private Config.InstanceConfig instance(Optional<String> url) {
        return new Config.InstanceConfig(
                values.text("instance.name", "default"),
                isDevelopment,
                frontendApiHost(),
                url,
                secretKey(),
                settings(),
                new WebhookReader(values).endpoints());
    }

    private void requireDistinct(List<String> texts, String what) {
        Set<String> seen = new HashSet<>();
        texts.stream()
                .filter(text -> !seen.add(text))
                .forEach(text -> values.fault("instances: the " + what + " " + text + " stands twice"));
    }

    private Optional<String> publicUrl() {
        Optional<String> url = origin("public-url");
        if (url.isEmpty() && !isDevelopment) values.fault("public-url: is required, such as https://clerk.example.com");
        return url;
    }

    private Optional<String> origin(String key) {
        Optional<String> url = values.text(key);
        url.filter(text -> Origins.ofUrl(text).filter(text::equals).isEmpty())
                .ifPresent(text ->
                        values.fault(key + ": must be an origin such as https://clerk.example.com, not " + text));
        return url;
    }

    /** A development instance may make its own, unless it would be one of several nodes. */
    private Optional<Secret> masterKey(Config.StoreConfig store) {
        Optional<Secret> key = values.secret("master-key");
        if (key.isEmpty() && (!isDevelopment || store.postgres().isPresent()))
            values.fault("master-key: is required; make one with: openssl rand -base64 32");
        key.filter(secret -> !isKey(secret)).ifPresent(wrong -> values.fault("master-key: must be base64 of 32 bytes"));
        return key;
    }

    private static boolean isKey(Secret secret) {
        try {
            return Base64.getDecoder().decode(secret.reveal()).length == 32;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private Optional<Secret> secretKey() {
        Optional<Secret> key = values.secret("instance.secret-key");
        String prefix = isDevelopment ? "sk_test_" : "sk_live_";
        if (key.isEmpty() && !isDevelopment)
            values.fault("instance.secret-key: is required; make one with: echo sk_live_$(openssl rand -hex 32)");
        key.filter(secret -> !secret.reveal().matches(prefix + "[A-Za-z0-9]{32,128}"))
                .ifPresent(wrong ->
                        values.fault("instance.secret-key: must be " + prefix + " and 32 to 128 letters or digits"));
        return key;
    }

    private Optional<String> frontendApiHost() {
        Optional<String> host = values.text("instance.frontend-api-host");
        if (host.isEmpty() && !isDevelopment)
            values.fault("instance.frontend-api-host: is required, such as clerk.example.com");
        host.filter(text -> !text.matches("[a-z0-9-]+(\\.[a-z0-9-]+)+(:\\d{1,5})?"))
                .ifPresent(text ->
                        values.fault("instance.frontend-api-host: must be a host name with a dot, not " + text));
        return host;
    }

    private Settings settings() {
        Settings usual = Settings.defaults(isDevelopment);
        Settings.Keys keys = KeySettingsReader.read(values, usual.keys());
        return new Settings(
                values.text("instance.application-name", usual.applicationName()),
                values.flag("instance.single-session-mode", usual.singleSessionMode()),
                values.flag("instance.native-api", usual.nativeApi()),
                values.flag("instance.test-mode", usual.testMode()),
                allowedOrigins(),
                values.text("instance.home-url"),
                values.flag("instance.delete-self", usual.deleteSelf()),
                lifetimes(usual.lifetimes()),
                sessionLimits(usual.sessionLimits()),
                codes(usual.codes()),
                new Settings.PasswordRules(values.number(
                        "instance.passwords.minimum-length", usual.passwords().minimumLength(), 8, 72)),
                new OrganizationSettingsReader(values).read(usual.organizations()),
                new FactorSettingsReader(values).read(usual.factors()),
                keys,
                new TokenSettingsReader(values).read(usual.tokens(), keys));
    }

    private List<String> allowedOrigins() {
        List<String> origins = values.list("instance.allowed-origins");
        origins.stream()
                .filter(origin -> !origin.matches("[a-z][a-z0-9+.-]*://[^/\\s]+"))
                .forEach(origin -> values.fault("instance.allowed-origins: " + origin + " is no origin"));
        return origins;
    }

    private Settings.Lifetimes lifetimes(Settings.Lifetimes usual) {
        Duration least = Settings.Lifetimes.SHORTEST;
        var lifetimes = new Settings.Lifetimes(
                values.spanOrOff("instance.session.maximum-lifetime", usual.maximum(), least, YEARS),
                values.spanOrOff("instance.session.inactivity-timeout", usual.inactivity(), least, YEARS));
        if (lifetimes.maximum().isEmpty() && lifetimes.inactivity().isEmpty())
            values.fault("instance.session: maximum-lifetime and inactivity-timeout cannot both be off");
        return lifetimes;
    }

    private Settings.SessionLimits sessionLimits(Settings.SessionLimits usual) {
        int highest = Settings.SessionLimits.HIGHEST;
        String whenFull = values.text("instance.session.when-full", CLOSE_OLDEST);
        if (!whenFull.equals(CLOSE_OLDEST) && !whenFull.equals(REFUSE_NEWEST))
            values.fault("instance.session.when-full: must be " + CLOSE_OLDEST + " or " + REFUSE_NEWEST + ", not "
                    + whenFull);
        return new Settings.SessionLimits(
                values.number("instance.session.maximum-per-client", usual.perClient(), 0, highest),
                values.number("instance.session.maximum-per-user", usual.perUser(), 0, highest),
                whenFull.equals(REFUSE_NEWEST));
    }

    private Settings.Codes codes(Settings.Codes usual) {
        return new Settings.Codes(
                values.span("instance.codes.validity", usual.validity(), Duration.ofMinutes(1), Duration.ofMinutes(60)),
                values.number("instance.codes.tries", usual.tries(), 3, 10),
                values.span("instance.codes.pause", usual.pause(), Duration.ofSeconds(1), Settings.Codes.LONGEST_PAUSE),
                values.span(
                        "instance.codes.resend-pause",
                        usual.resendPause(),
                        Duration.ofSeconds(1),
                        Duration.ofMinutes(10)));
    }

    private Optional<SmtpMailer.Server> mail() {
        Optional<String> host = values.text("mail.host");
        String word = values.text("mail.protection", "starttls").toUpperCase(Locale.ROOT);
        var protection = List.of(SmtpMailer.Protection.values()).stream()
                .filter(one -> one.name().equals(word))
                .findFirst();
        if (protection.isEmpty()) values.fault("mail.protection: must be none, starttls or tls");
        int port = values.number("mail.port", 587, 1, 65_535);
        Optional<String> username = values.text("mail.username");
        Optional<Secret> password = values.secret("mail.password");
        Optional<String> from = values.text("mail.from");
        if (host.isEmpty() && !isDevelopment) values.fault("mail.host: is required, codes are sent by e-mail");
        if (host.isPresent() && from.isEmpty()) values.fault("mail.from: is required, such as login@example.com");
        return host.map(name -> new SmtpMailer.Server(
                name, port, protection.orElse(SmtpMailer.Protection.STARTTLS), username, password, from.orElse("")));
    }

    private Optional<Sender> sms() {
        Optional<Sender> sender = new SmsReader(values).read();
        boolean needed = !isDevelopment
                && !values.text("instance.phone-numbers.use", "off").equals("off");
        if (needed && sender.isEmpty()) values.fault("sms.provider: is required, codes are sent to phone numbers");
        return sender;
    }

    private Config.HashingConfig hashing() {
        int cores = Runtime.getRuntime().availableProcessors();
        return new Config.HashingConfig(
                values.number("hashing.slots", Math.max(1, cores - 1), 1, 256),
                values.number("hashing.queue", isDevelopment ? 4096 : 256, 1, 100_000),
                values.span(
                        "hashing.patience",
                        isDevelopment ? Duration.ofMinutes(3) : Duration.ofSeconds(10),
                        Duration.ofSeconds(1),
                        Duration.ofMinutes(10)));
    }

    private Config.LogConfig log() {
        String level = values.text("log.level", "info");
        if (!level.matches("error|warn|info|debug")) values.fault("log.level: must be error, warn, info or debug");
        String format = values.text("log.format", "text");
        if (!format.matches("text|json")) values.fault("log.format: must be text or json");
        return new Config.LogConfig(level, format.equals("json"));
    }
}
