namespace SpotifyEtl.Functions.Tests.Aws;

/// <summary>Something that goes wrong with a call.</summary>
internal sealed record Fault(FaultTime When, int Status, string Code, string Message, long BodyBytes = 0)
{
    /// <summary>The connection is closed and nothing was done.</summary>
    public static readonly Fault Reset = new(FaultTime.Before, 0, "", "");

    /// <summary>The call is done and its answer is lost.</summary>
    public static readonly Fault LostAnswer = new(FaultTime.After, 0, "", "");

    public static readonly Fault SlowDown = Error(503, "SlowDown", "Please reduce your request rate.");

    public static readonly Fault InternalError = Error(500, "InternalError", "We encountered an internal error. Please try again.");

    /// <summary>The call is refused.</summary>
    public static Fault Error(int status, string code, string message) => new(FaultTime.Before, status, code, message);

    /// <summary>The answer breaks off after so many bytes of its body.</summary>
    public static Fault Cut(long bodyBytes) => new(FaultTime.MidBody, 0, "", "", bodyBytes);
}

internal enum FaultTime
{
    Before,
    MidBody,
    After,
}
