using SpotifyEtl.Transform.Json;

namespace SpotifyEtl.Transform.Documents;

/// <summary>Ends the reading of a raw file that cannot be loaded; it never leaves the transform.</summary>
internal sealed class DefectException(string reason, string message, FilePosition? position = null) : Exception(message)
{
    public FileDefect Defect { get; } = new(reason, message, position);
}
