namespace EmbeddedHost.Tests.Contract;

/// <summary>What a contract test runs on.</summary>
public enum HostKind
{
    /// <summary>The embedded host, whose worker keeps orchestrations in memory between their steps.</summary>
    Sessions,

    /// <summary>The embedded host, whose worker is given the whole history at every step.</summary>
    Replay,

    /// <summary>
    /// Microsoft's in-process test host, against which the suite itself is judged. It has no rewind and no listing of ids, tells no
    /// histories, and purges whatever it is asked to: those tests are not for it.
    /// </summary>
    Judge,
}
