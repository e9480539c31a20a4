namespace SpotifyEtl.Errors;

/// <summary>Settings that are missing or not allowed: the app does not start with them.</summary>
public sealed class EtlConfigurationException : EtlException
{
    public EtlConfigurationException(string message, Exception? innerException = null)
        : base(message, innerException) => Faults = [message];

    public EtlConfigurationException(IReadOnlyList<string> faults)
        : base(string.Join(Environment.NewLine, faults), innerException: null) => Faults = faults;

    /// <summary>A sentence for each setting.</summary>
    public IReadOnlyList<string> Faults { get; }
}
