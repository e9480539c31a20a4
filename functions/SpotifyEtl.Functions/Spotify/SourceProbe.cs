using System.Globalization;
using SpotifyEtl.Errors;

namespace SpotifyEtl.Spotify;

/// <summary>Asks Spotify for one row of a source of the user's, to tell whether it gives it.</summary>
public sealed class SourceProbe(SpotifyApi api, SpotifyFailures failures)
{
    /// <exception cref="EtlException">It does not, or cannot be asked; the message says what to do.</exception>
    public async Task ReadAsync(SourceId source, CancellationToken cancellationToken)
    {
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal) { ["limit"] = 1.ToString(CultureInfo.InvariantCulture) };
        if (source.TimeRange is { } range)
        {
            parameters["time_range"] = range;
        }

        try
        {
            await api.GetAsync(SourceEndpoints.Of(source), parameters, body => body.Length, cancellationToken);
        }
        catch (SpotifyBusyException busy)
        {
            throw new TransientEtlException($"{busy.Message} Wait until then.", busy);
        }
        catch (Exception exception) when (SpotifyFailures.Covers(exception, cancellationToken))
        {
            throw failures.Of(exception, source, head: null);
        }
    }
}
