namespace SpotifyEtl.Functions.Tests.Spotify;

/// <summary>Scripts that go wrong in all the ways that pass.</summary>
internal static class Faults
{
    /// <summary>
    /// Every third request fails, each in another way than the one before: a server out of order, a rate limit, a token that is refused, a body
    /// cut or broken, no answer.
    /// </summary>
    public static Func<Asked, Answer?> OneInThree() => EveryThird(Of);

    /// <summary>Every third request fails, and nearly always in the one way that is not waited for: a token that is refused.</summary>
    public static Func<Asked, Answer?> OneInThreeQuickly() => EveryThird(number => number % 25 == 0 ? Of((number / 25 % 3) + 5) : Of(9));

    private static Func<Asked, Answer?> EveryThird(Func<int, Answer> fault)
    {
        var requests = 0;
        return _ =>
        {
            var number = Interlocked.Increment(ref requests);
            return number % 3 == 0 ? fault(number / 3) : null;
        };
    }

    private static Answer Of(int number) => (number % 10) switch
    {
        0 => Answer.Error(500, "Server error"),
        1 => Answer.Limit("2"),
        2 => new Answer(502, "<html>Bad gateway</html>", "text/html"),
        3 => new Answer(200, """{"items":[{"track":{"id":"x"}},{"tra"""),
        4 => new Answer(503, "upstream connect error", "text/plain"),
        5 => new Answer(200, """{"items":[],"to""") { Fate = AnswerFate.CutOff },
        6 => new Answer(504, ""),
        7 => new Answer(200, "") { Fate = AnswerFate.NoAnswer },
        8 => Answer.Limit(null),
        _ => Answer.Error(401, "The access token expired"),
    };
}
