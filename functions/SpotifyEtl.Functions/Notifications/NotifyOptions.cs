using Microsoft.Extensions.Options;

namespace SpotifyEtl.Notifications;

/// <summary>Who is told how runs end: section <c>Notify</c>.</summary>
public sealed class NotifyOptions
{
    public const string SectionName = "Notify";

    /// <summary>Where a notification is posted to. It is a secret, as many such addresses carry a token. Default: none, nobody is told.</summary>
    public string? WebhookUrl { get; set; }
}

/// <summary>Stops the start on a setting that is not allowed.</summary>
public sealed class NotifyOptionsValidator : IValidateOptions<NotifyOptions>
{
    public ValidateOptionsResult Validate(string? name, NotifyOptions options) =>
        string.IsNullOrEmpty(options.WebhookUrl) || (Uri.TryCreate(options.WebhookUrl, UriKind.Absolute, out var address) && address.Scheme is "http" or "https")
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail("Notify__WebhookUrl is no http or https URL; give the whole address that takes the post, or leave it empty. Its value is not shown, as it may carry a token.");
}
