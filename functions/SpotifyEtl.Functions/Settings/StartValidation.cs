using Microsoft.Extensions.Options;
using SpotifyEtl.Errors;

namespace SpotifyEtl.Settings;

/// <summary>Looks at all sections when the host starts, so that whatever is not allowed is told at once.</summary>
internal sealed class StartValidation(IEnumerable<ValidatedSection> sections) : IStartupValidator
{
    /// <exception cref="EtlConfigurationException">Settings are not allowed.</exception>
    public void Validate()
    {
        List<string> faults = [];
        foreach (var section in sections)
        {
            try
            {
                section();
            }
            catch (OptionsValidationException exception)
            {
                faults.AddRange(exception.Failures);
            }
            catch (EtlConfigurationException exception)
            {
                faults.AddRange(exception.Faults);
            }
        }

        if (faults.Count > 0)
        {
            throw new EtlConfigurationException(faults);
        }
    }
}

/// <summary>Makes the options of a section, which throws where they are not allowed.</summary>
internal delegate void ValidatedSection();
