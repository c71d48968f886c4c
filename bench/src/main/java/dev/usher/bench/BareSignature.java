package dev.usher.bench;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.lang.management.ManagementFactory;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Signature;
import java.time.Duration;
import java.util.Arrays;

/** The floor under every mint: one RS256 signature of 700 bytes by AWS-LC and nothing else. */
final class BareSignature {
    private static final int BLOCK = 200;

    private BareSignature() {}

    /** CPU microseconds for one signature, the median of blocks measured over this time. */
    static double cpuMicros(Duration time) throws GeneralSecurityException {
        Provider provider = AmazonCorrettoCryptoProvider.INSTANCE;
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA", provider);
        generator.initialize(2048);
        PrivateKey key = generator.generateKeyPair().getPrivate();
        byte[] message = new byte[700];
        for (int i = 0; i < 5; i++) block(provider, key, message);
        double[] blocks = new double[10_000];
        int count = 0;
        for (long end = System.nanoTime() + time.toNanos(); System.nanoTime() < end && count < blocks.length; count++)
            blocks[count] = block(provider, key, message);
        double[] taken = Arrays.copyOf(blocks, count);
        Arrays.sort(taken);
        return taken[count / 2];
    }

    private static double block(Provider provider, PrivateKey key, byte[] message) throws GeneralSecurityException {
        var threads = ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadCpuTime();
        for (int i = 0; i < BLOCK; i++) {
            Signature signature = Signature.getInstance("SHA256withRSA", provider);
            signature.initSign(key);
            signature.update(message);
            signature.sign();
        }
        return (threads.getCurrentThreadCpuTime() - before) / 1000.0 / BLOCK;
    }
}
