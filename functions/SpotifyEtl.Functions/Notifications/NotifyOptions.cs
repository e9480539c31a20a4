using SpotifyEtl.Settings;

namespace SpotifyEtl.Notifications;

/// <summary>Who is told how runs end: section <c>Notify</c>.</summary>
public sealed class NotifyOptions : ISettings
{
    public static string SectionName => "Notify";

    /// <summary>Where a notification is posted to. It is a secret, as many such addresses carry a token. Default: none, nobody is told.</summary>
    [Setting("secret", "gets a JSON post when runs begin to fail and when they work again")]
    public string? WebhookUrl { get; set; }

    public IEnumerable<string> Faults()
    {
        if (!string.IsNullOrEmpty(WebhookUrl) && !(Uri.TryCreate(WebhookUrl, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"))
        {
            yield return "Notify__WebhookUrl is no http or https URL; give the whole address that takes the post, or leave it empty. "
                + "Its value is not shown, as it may carry a token.";
        }
    }
}
