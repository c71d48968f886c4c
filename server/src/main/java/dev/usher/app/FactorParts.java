package dev.usher.app;

import dev.usher.account.AccountRoom;
import dev.usher.backend.BackendApi;
import dev.usher.base.Ids;
import dev.usher.base.Randomness;
import dev.usher.factor.BackupCodes;
import dev.usher.factor.BreachedPasswords;
import dev.usher.factor.Codes;
import dev.usher.factor.Factors;
import dev.usher.factor.Links;
import dev.usher.factor.NewPasswords;
import dev.usher.factor.Passkeys;
import dev.usher.factor.Passwords;
import dev.usher.factor.Questions;
import dev.usher.factor.RateLimits;
import dev.usher.factor.TestingTokens;
import dev.usher.factor.Totp;
import dev.usher.factor.UserSecondFactors;
import dev.usher.signin.SignInRoom;
import dev.usher.user.Users;

/** The parts of the room of factors, each made once. */
record FactorParts(
        Factors factors,
        Codes codes,
        Links links,
        NewPasswords newPasswords,
        Totp totp,
        BackupCodes backupCodes,
        UserSecondFactors secondFactors,
        Passkeys passkeys,
        TestingTokens testingTokens,
        RateLimits limits) {

    static FactorParts of(Users users, Passwords passwords, Codes codes, Ground ground) {
        Ids ids = ground.ids();
        Randomness randomness = ground.randomness();
        Totp totp = new Totp(ground.vault(), ids, randomness);
        BackupCodes backupCodes = new BackupCodes(ids, randomness, passwords);
        Links links = new Links(codes, randomness, ground.outbox());
        Passkeys passkeys = new Passkeys(ids, randomness);
        TestingTokens testingTokens = new TestingTokens(ground.vault());
        var questions = new Questions(users, passwords, totp, backupCodes, passkeys);
        return new FactorParts(
                new Factors(ground.store(), codes, links, passkeys, questions),
                codes,
                links,
                new NewPasswords(passwords, new BreachedPasswords()),
                totp,
                backupCodes,
                new UserSecondFactors(ground.store(), users, totp, backupCodes),
                passkeys,
                testingTokens,
                new RateLimits(ground.clock(), testingTokens));
    }

    SignInRoom.FactorRoom forSignIn() {
        return new SignInRoom.FactorRoom(factors, passkeys, newPasswords, codes, links, limits);
    }

    AccountRoom.FactorRoom forAccounts() {
        return new AccountRoom.FactorRoom(
                factors, codes, links, newPasswords, totp, backupCodes, secondFactors, passkeys, limits);
    }

    BackendApi.FactorRoom forServers(Passwords passwords) {
        return new BackendApi.FactorRoom(
                passwords, newPasswords, codes, secondFactors, backupCodes, passkeys, testingTokens);
    }
}
