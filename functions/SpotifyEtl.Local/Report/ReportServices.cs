using Microsoft.Extensions.DependencyInjection;
using SpotifyEtl.Runs;

namespace SpotifyEtl.Local.Report;

internal static class ReportServices
{
    /// <summary>Adds what reads and writes reports; where they come from is the lake's matter.</summary>
    public static IServiceCollection AddReports(this IServiceCollection services) => services
        .AddSingleton<LakeConditionReader>().AddSingleton<ReportReader>().AddSingleton<ReportFile>().AddSingleton<LatestReport>();

    /// <summary>Adds what writes the report after each run of a server.</summary>
    public static IServiceCollection AddReportAfterRuns(this IServiceCollection services) => services
        .AddSingleton<ReportAfterRuns>()
        .AddSingleton<IRunListener>(provider => provider.GetRequiredService<ReportAfterRuns>())
        .AddHostedService(provider => provider.GetRequiredService<ReportAfterRuns>());
}
