using Microsoft.Extensions.Configuration;
using SpotifyEtl.Local.Authorization;
using SpotifyEtl.Local.Terminal;

namespace SpotifyEtl.Local.Doctor;

/// <summary>Tells where settings that are allowed come from, and of settings that nothing reads.</summary>
internal sealed class SettingsCheck(Shell shell, IConfiguration configuration) : IDoctorCheck
{
    public const string Name = "settings";

    public static Finding Refused(string fault) => Finding.Failed(Name, fault);

    public string Group => "settings";

    public IAsyncEnumerable<Finding> RunAsync(CancellationToken cancellationToken) =>
        Unread().Prepend(Allowed(LocalSettingsFile.Of(shell).Path)).ToAsyncEnumerable();

    private static Finding Allowed(string file) => Finding.Ok(Name, File.Exists(file)
        ? $"The settings are allowed. They come from the environment and {file}."
        : "The settings are allowed. They come from the environment; there is no local.settings.json in this folder.");

    private IEnumerable<Finding> Unread() =>
        UnreadSetting.Find(configuration).Select(unread => Finding.Warning(Name, unread.Message, unread.Fix));
}
